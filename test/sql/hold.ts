/**
 * `node test/sql/hold.ts <file> <database> <snapshot> <whole|part>`: holds the statements noted in a file, and ends
 * with code 1 and what is wrong. A process of its own, as the compiler keeps its caller waiting.
 */
import { holdStatements } from './check.ts'

const [file = '', url = '', snapshot = '', how] = process.argv.slice(2)
try {
  await holdStatements(file, { url, snapshot }, how === 'whole')
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
