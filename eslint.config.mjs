import tseslint from "typescript-eslint";

export default tseslint.config(
  {
    ignores: [
      "**/node_modules/",
      "**/generated/",
      "**/assets/",
      "data/",
      "coverage/",
      "bench/results/",
      "dashboard/dist/",
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.ts", "**/*.tsx"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-console": "off",
      "no-param-reassign": "error",
      "no-restricted-properties": [
        "error",
        {
          object: "process",
          property: "env",
          message: "Settings are read once, in environment.ts, checked, and handed on.",
        },
      ],
      "@typescript-eslint/consistent-type-imports": [
        "error",
        { fixStyle: "inline-type-imports", disallowTypeAnnotations: false },
      ],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      // `void` marks that an answer is thrown away on purpose, also where there is none.
      "@typescript-eslint/no-meaningless-void-operator": "off",
      // Types say which is meant; both forms are clear.
      "@typescript-eslint/consistent-type-definitions": "off",
      "@typescript-eslint/array-type": "off",
      // Numbers in messages are wanted; objects in messages are the mistake.
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      // `!` follows a check that the compiler cannot see: a key just put in, an index just counted.
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-confusing-void-expression": "off",
      // Interfaces of libraries are answered by functions that may have nothing to wait for.
      "@typescript-eslint/require-await": "off",
      // What comes from outside (rows, JSON, other programs' errors) is typed by the compiler as it says, and checked at run time.
      "@typescript-eslint/no-unnecessary-condition": "off",
      "@typescript-eslint/no-extraneous-class": "off",
      "@typescript-eslint/no-empty-function": ["error", { allow: ["methods", "arrowFunctions"] }],
      // Records are plain rows: written as literals, copied, compared.
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
      // Decimals and sums come as text from some engines, whatever the record says.
      "@typescript-eslint/no-unnecessary-type-conversion": "off",
      "@typescript-eslint/no-misused-spread": "off",
      "@typescript-eslint/no-dynamic-delete": "off",
      "@typescript-eslint/no-unsafe-enum-comparison": "off",
      "@typescript-eslint/use-unknown-in-catch-callback-variable": "off",
      "@typescript-eslint/prefer-nullish-coalescing": ["error", { ignorePrimitives: true }],
      "@typescript-eslint/no-misused-promises": [
        "error",
        { checksVoidReturn: { arguments: true } },
      ],
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
    },
  },
  {
    files: [
      "**/environment.ts",
      "**/settings.ts",
      "gateway/graphiql/bundle.ts",
      "cli/**/*.ts",
      "test/**/*.ts",
      "bench/**/*.ts",
    ],
    rules: { "no-restricted-properties": "off" },
  },
  {
    // The bundler is asked for only where the assets are missing, so it is no import.
    files: ["gateway/graphiql/serve.ts"],
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
  {
    // Answers of the hub under test are read as they come.
    files: ["test/**/*.ts", "bench/**/*.ts"],
    rules: {
      "@typescript-eslint/no-explicit-any": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/restrict-plus-operands": "off",
    },
  },
);
