//! Identity copies every record as it is: key, value (a tombstone stays a tombstone) and headers in order.
use redpanda_transform_sdk::{on_record_written, BorrowedRecord, RecordWriter, WriteEvent};

fn main() {
    on_record_written(copy);
}

fn copy(event: WriteEvent, writer: &mut RecordWriter) -> Result<(), redpanda_transform_sdk::WriteError> {
    writer.write(event.record)
}
