package io.tapline.export;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A row of a JSONL export.
 *
 * @param line the line as it stands in the export, without its line end
 * @param fields what it says
 */
public record JsonRow(long number, String line, ObjectNode fields) implements Row {}
