import { expect, test } from 'vitest'
import { withSection } from './figures-file.ts'
import { sharesIn } from './figures-picture.ts'
import { medianRows, none, row } from './row.ts'

const paced = (ratio: number) => row('a command', [ratio, 'ms'], ['bare', 1], 2)

test('a ratio that is no number does not meet its limit', () => {
  expect(row('a command', [Number.NaN, 'ms'], ['bare', 1], 2).met).toBe(false)
  expect(row('a command', [0, 'ms'], ['bare', 0], 2).met).toBe(false)
})

test('of three runs the median ratio counts', () => {
  expect(medianRows([[paced(9)], [paced(1.5)], [paced(1)]])).toEqual([paced(1.5)])
})

test('what may not happen may not happen in any run', () => {
  const [lost] = medianRows([[none('lost', 0)], [none('lost', 1)], [none('lost', 0)]])
  expect(lost?.met).toBe(false)
})

test('what happened less than never was counted wrongly', () => {
  expect(() => none('lost', -7)).toThrow('lost: counted -7 times')
})

test('a section replaces its older one, in the order of the benches, and leaves the others', () => {
  const order = ['start', 'command']
  const first = withSection('', 'command', 'old', order)
  const quick = withSection(first, 'command --quick', 'quick', order)
  const both = withSection(withSection(quick, 'command', 'new', order), 'start', 'first', order)
  expect(both.split(/^## /m).slice(1)).toEqual([
    'start\n\nfirst\n\n',
    'command\n\nnew\n\n',
    'command --quick\n\nquick\n',
  ])
  expect(withSection(both, 'command', 'new', order)).toBe(both)
})

test('what nobody measures any more has no section', () => {
  expect(withSection('## gone\n\nold\n', 'start', 'first', ['start'])).not.toContain('gone')
})

test('what is drawn of a figure is the part of its limit that it takes', () => {
  const table = (name: string) => `## ${name}

day · machine

| what | measured | peer | ratio | limit | met |
| --- | --- | --- | --- | --- | --- |
| a command, by \\| and all | 4 ms | bare: 1 ms | 4 | 8 | yes |
| lost | 0 times | none may be: 1 times | 0 | 0 | yes |
| not measured | NaN ms | bare: 1 ms | NaN | 8 | **no** |
`
  const text = withSection(`# Figures\n\n${table('command')}`, 'start', 'none', [
    'command',
    'start',
  ])
  expect(sharesIn(`${text}${table('command --quick')}`)).toEqual([{ bench: 'command', share: 0.5 }])
})
