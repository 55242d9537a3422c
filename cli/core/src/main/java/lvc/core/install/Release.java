package lvc.core.install;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A release of Redpanda: year, feature release of the year, patch. There are three feature releases a year, and none may
 * be left out on the way up (docs.redpanda.com, Upgrade).
 */
record Release(int year, int feature, int patch) {
    private static final Pattern TAG = Pattern.compile(".*:v(\\d{2})\\.(\\d)\\.(\\d+)(@.*)?$");
    private static final int A_YEAR = 3;

    /** The release that the tag of an image names; empty when it names none. */
    static Optional<Release> ofImage(String image) {
        Matcher tag = TAG.matcher(image);
        return tag.matches()
                ? Optional.of(new Release(
                        Integer.parseInt(tag.group(1)), Integer.parseInt(tag.group(2)), Integer.parseInt(tag.group(3))))
                : Optional.empty();
    }

    /** Why a cluster of this release must not become one of another; empty when it may. */
    Optional<String> objectionTo(Release next) {
        int steps = next.steps() - steps();
        if (steps < 0 || (steps == 0 && next.patch < patch)) {
            return Optional.of("there is no way back from " + this + " to " + next);
        }
        return steps > 1
                ? Optional.of("from " + this + " to " + next + " leaves out " + (steps - 1) + " feature release"
                        + (steps > 2 ? "s" : "") + ": go through each")
                : Optional.empty();
    }

    private int steps() {
        return year * A_YEAR + feature;
    }

    @Override
    public String toString() {
        return "v" + year + "." + feature + "." + patch;
    }
}
