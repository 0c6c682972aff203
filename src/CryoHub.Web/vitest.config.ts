import { defineConfig } from "vitest/config";

export default defineConfig({ test: { include: ["Features/*/browser/**/*.test.ts"] } });
