import { GraphQLError, Kind, type StringValueNode, type ValidationRule } from "graphql";

/** Labels of what is deferred are written in the operation, and each stands for one fragment. */
export const deferLabelRule: ValidationRule = (context) => {
  const labels = new Map<string, StringValueNode>();
  return {
    Directive({ name, arguments: given = [] }) {
      const label = given.find((argument) => argument.name.value === "label");
      if (name.value !== "defer" || label === undefined) return;
      const { value } = label;
      if (value.kind !== Kind.STRING) {
        const message =
          "Nhãn của @defer phải viết thẳng trong truy vấn. / The label of @defer must be written in the operation, not given by a variable.";
        return context.reportError(new GraphQLError(message, { nodes: value }));
      }
      const known = labels.get(value.value);
      if (known === undefined) return void labels.set(value.value, value);
      const message = `Nhãn @defer "${value.value}" dùng hai lần. / The @defer label "${value.value}" is used twice.`;
      context.reportError(new GraphQLError(message, { nodes: [known, value] }));
    },
  };
};
