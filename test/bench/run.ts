/** Runs one bench once, in the process that main.ts forks for it, and sends the rows there. */
import { BENCHES } from './benches.ts'

const [name = '', flag] = process.argv.slice(2)
const [bench] = BENCHES[name] ?? []
const rows = await bench?.({ quick: flag === '--quick' })
process.send?.(rows, () => process.exit(0))
