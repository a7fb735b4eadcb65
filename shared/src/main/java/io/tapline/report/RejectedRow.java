package io.tapline.report;

import io.tapline.export.Row;
import io.tapline.record.Rejection;

/** A row that was not delivered, as it stood in the export, and why. */
record RejectedRow(Row row, Rejection rejection) {}
