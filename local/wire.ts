import { ListValue, NullValue, Struct, Value } from "google-protobuf/google/protobuf/struct_pb";
import type { Properties } from "./values";

/** The properties of a protobuf struct; none when it is absent. */
export function fromStruct(struct: Struct | undefined): Record<string, unknown> {
  return struct === undefined ? {} : struct.toJavaScript();
}

/** A protobuf struct of the properties. Undefined values are left out, as JSON does. */
export function toStruct(properties: Properties): Struct {
  const struct = new Struct();
  const fields = struct.getFieldsMap();
  for (const key in properties) {
    const value = properties[key];
    if (value !== undefined) fields.set(key, toValue(value));
  }
  return struct;
}

function toValue(value: unknown): Value {
  const wire = new Value();
  switch (typeof value) {
    case "string":
      return wire.setStringValue(value);
    case "number":
      return wire.setNumberValue(value);
    case "boolean":
      return wire.setBoolValue(value);
    default:
      if (Array.isArray(value)) return wire.setListValue(new ListValue().setValuesList(value.map(toValue)));
      if (value === null || value === undefined) return wire.setNullValue(NullValue.NULL_VALUE);
      return wire.setStructValue(toStruct(value as Properties));
  }
}
