import { defineConfig } from 'prisma/config'

// Generating, validating and formatting never start the schema engine, but the command line
// insists on downloading it first: point it at any file that exists.
if (['generate', 'validate', 'format'].some((verb) => process.argv.includes(verb))) {
  process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= process.execPath
}

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env['DATABASE_URL'] ?? 'postgresql://localhost/chenhui' },
})
