package lvc.cli.reference;

import java.util.List;
import lvc.core.check.Rights;
import lvc.core.check.Rights.Line;
import lvc.core.check.Rights.Place;
import lvc.core.check.Rights.Use;

/** The page of the rights that lvc needs. What concerns Kubernetes is made from the table that {@code lvc check} asks. */
public final class RightsPage {
    private static final String HEAD = """
            # Rights

            What `lvc` needs to be allowed, and what for. It asks for no more, and it runs as nobody else than you.

            ## Towards Kubernetes

            `lvc check --pre` asks the API server for each of these and names every one that is missing: `×` for what
            `install`, `port-forward` and `uninstall` cannot do without, `!` for the rest. Whoever may do what stands under a
            command can run it; nothing else is used (`CheckIT.theRightsInTheTableAreEnough` does it with exactly these). "Both
            namespaces" are `kubernetes.namespace.redpanda` and `kubernetes.namespace.minio`. Rights on "the cluster" need a
            ClusterRole, the others a Role.

            """;

    private static final String TAIL = """
            Everybody may ask about his own rights (`create selfsubjectaccessreviews`) and for the version of the API server:
            Kubernetes allows that from the start.

            The pods themselves have no rights at all: their account gets no token.

            ## Towards Kafka

            For a cluster with authorization on; what `lvc install` makes has none. Read from what lvc calls, and never tried
            against a cluster with ACLs: the sandbox has none.

            | command | topic | group | transactional id | cluster |
            |---|---|---|---|---|
            | `create-topics` | Create, Describe, DescribeConfigs, AlterConfigs; `_lvc.journal`: Describe, Read | | | |
            | `delete-topics` | Describe, DescribeConfigs, Delete; `_lvc.journal`: Describe, Read | | | |
            | `produce` | Describe, DescribeConfigs, Write | | | |
            | `consume` | Describe, Read | | | |
            | `status` | Describe, DescribeConfigs, Read; `_lvc.journal`: Describe, Read | | | |
            | `verify` | Describe, DescribeConfigs, Read | | | |
            | `verify --repair-backup` | as `verify`, and Write on the secondary | | | |
            | `recreate` | Create, Delete, Describe, DescribeConfigs, AlterConfigs, Read; `_lvc.journal`: Create, Read, Write | \
            Describe, Delete | `lvc-recreate`: Describe, Write | Describe |
            | `serve` | Describe, DescribeConfigs, Read; `_lvc.journal`: Describe, Read; with `--writes` also Write | | | |
            | `demo` | as `create-topics`, `produce`, `consume` and `recreate` | | | |
            | `transform deploy`, `delete`, `pause`, `resume` | Describe; `_lvc.journal`: Describe, Read | | | |
            | `transform logs` | `_redpanda.transform_logs`: Describe, Read | | | |
            | `transform list`, `check` | | | | |

            ## Towards the Admin API

            Only where `admin_api_require_auth` is on; then `admin.user` has to be one of these.

            | command | needs |
            |---|---|
            | `create-topics`, `delete-topics`, `recreate`, `demo` | superuser: transforms and cluster properties are changed |
            | `transform deploy`, `delete`, `pause`, `resume` | superuser |
            | `transform list`, `logs` | any user |
            | `serve` | superuser, and only where brokers give topics no ids |
            | `status`, `verify`, `check` | superuser: cluster properties are read |
            | `install` | superuser: cluster properties are set, a licence is put |
            | `produce`, `consume` | superuser where a write is refused, to say whether a run of recreate fences the topic |
            """;

    private RightsPage() {}

    /** The whole page. */
    public static String page() {
        StringBuilder page = new StringBuilder(HEAD);
        for (Use use : Use.values()) {
            page.append("### `lvc ").append(use.command()).append("`\n\n");
            page.append("| where | what | verbs | what for |\n|---|---|---|---|\n");
            rows(use).forEach(row -> page.append(row).append('\n'));
            page.append('\n');
        }
        return page.append(TAIL).toString();
    }

    private static List<String> rows(Use use) {
        return Rights.TABLE.stream()
                .filter(line -> line.use() == use)
                .map(line -> "| " + where(line.place()) + " | `" + what(line) + "` | " + String.join(", ", line.verbs())
                        + " | " + line.why() + " |")
                .toList();
    }

    private static String what(Line line) {
        boolean core = line.group().isEmpty() || line.group().equals("*");
        return line.resource() + (core ? "" : "." + line.group());
    }

    private static String where(Place place) {
        return switch (place) {
            case CLUSTER -> "the cluster";
            case STORE -> "namespace of the object store";
            case BROKERS -> "namespace of the brokers";
            case BOTH -> "both namespaces";
        };
    }
}
