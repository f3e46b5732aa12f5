/** `npm run fuzz [inputs] [seed]`: every parser of what arrives from outside, a million inputs in all. */
import { fuzz } from './fuzz.ts'

const [inputs = '1000000', seed = `${Date.now() % 1_000_000}`] = process.argv.slice(2)
console.log(`seed ${seed}`)
for (const { name, inputs: given, longest, faults } of await fuzz(Number(inputs), Number(seed))) {
  console.log(
    `${faults.length > 0 ? '✗' : '✓'} ${name}: ${given} inputs, longest ${longest.toFixed(1)} ms`,
  )
  for (const { input, why } of faults)
    console.log(`  ${why}\n  ${JSON.stringify(input).slice(0, 2000)}`)
  if (faults.length > 0) process.exitCode = 1
}
