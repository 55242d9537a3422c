package lvc.cache.http;

import java.time.LocalDate;
import java.util.concurrent.TimeUnit;

/** Writes moments as {@code 2026-11-21T13:40:00.000Z}. Remembers the last day, for there are many moments in one. */
final class IsoTime {
    static final int LENGTH = 24;

    private static final long DAY = TimeUnit.DAYS.toMillis(1);
    private static final long BEFORE_YEAR_10000 = 253_402_300_800_000L;
    private static final int DATE = 10;
    private static final int TEN = 10;
    private static final int SIXTY = 60;
    private static final int THOUSAND = 1000;

    private long day = -1;
    private byte[] date = {};

    boolean fits(long millis) {
        return millis >= 0 && millis < BEFORE_YEAR_10000;
    }

    void write(long millis, byte[] to, int at) {
        long wanted = millis / DAY;
        if (wanted != day) {
            day = wanted;
            date = Output.ascii(LocalDate.ofEpochDay(wanted).toString());
        }
        int rest = (int) (millis % DAY);
        System.arraycopy(date, 0, to, at, DATE);
        int place = at + DATE;
        place = two(to, place, 'T', rest / (SIXTY * SIXTY * THOUSAND));
        place = two(to, place, ':', rest / (SIXTY * THOUSAND) % SIXTY);
        place = two(to, place, ':', rest / THOUSAND % SIXTY);
        place = two(to, place, '.', rest % THOUSAND / TEN);
        to[place++] = (byte) ('0' + rest % TEN);
        to[place] = 'Z';
    }

    private static int two(byte[] to, int at, char before, int number) {
        to[at] = (byte) before;
        to[at + 1] = (byte) ('0' + number / TEN);
        to[at + 2] = (byte) ('0' + number % TEN);
        return at + 3;
    }
}
