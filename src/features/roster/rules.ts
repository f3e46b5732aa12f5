import type { Text } from '../../core/text.ts'
import type { Person, PersonOnFile } from '../people/post/rules.ts'
import type { UnitKind } from '../staff/rules.ts'

/** A unit of the bank; units name each other by their codes. */
export interface Unit {
  readonly code: string
  readonly name: string
  readonly kind: UnitKind
  /** Null: nothing is above it. */
  readonly parent: string | null
}

/** A line of business, and the code of the department that serves it; null: none is named. */
export interface Line {
  readonly code: string
  readonly name: string
  readonly department: string | null
}

export interface UnitOnFile extends Unit {
  readonly id: string
  /** Something of the past refers to it: it cannot be taken off. */
  readonly anchored: boolean
}

/** The bank as it stands: its units, everybody who works or worked here, its lines of business. */
export interface Roster {
  readonly units: readonly UnitOnFile[]
  readonly people: readonly PersonOnFile[]
  readonly lines: readonly Line[]
}

/** The bank as it shall be: whoever is not named works here no more. */
export interface Wanted {
  readonly units: readonly Unit[]
  readonly people: readonly Person[]
  readonly lines: readonly Line[]
}

/** A row of a workbook. */
export interface Place {
  readonly sheet: string
  /** As the reader's program shows it, from 1. */
  readonly row: number
}

/** What is wrong with a cell, and what to do. */
export interface Fault extends Place {
  /** As the reader's program shows it (`C 岗位`); null: it is about the row. */
  readonly column: string | null
  readonly why: Text
}

/** What a row says, by column: as typed, '' where a cell is blank, absent where there is no such column. */
export interface SaidRow<Column extends string> extends Place {
  readonly says: Readonly<Partial<Record<Column, string>>>
  readonly columns: Readonly<Partial<Record<Column, string>>>
}

export type UnitColumn = 'code' | 'name' | 'kind' | 'parent'
export type PersonColumn = keyof Person | 'line'
export type LineColumn = 'line' | 'department'

/** What a workbook says of the bank; null: it has no such sheet, and that part stays as it is. */
export interface Said {
  readonly units: readonly SaidRow<UnitColumn>[] | null
  readonly people: readonly SaidRow<PersonColumn>[] | null
  readonly lines: readonly SaidRow<LineColumn>[] | null
}

export function faultAt<Column extends string>(
  row: SaidRow<Column>,
  column: Column | null,
  why: Text,
): Fault {
  const { sheet, row: number, columns } = row
  return { sheet, row: number, column: column && (columns[column] ?? null), why }
}

/** A code of a unit or of somebody: it stands in paths and is typed in chats. */
export const CODE = /^[A-Za-z0-9_-]{1,20}$/

/** Codes are the same whatever their letters. */
export const sameCode = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

/** Things by their codes in small letters. */
export const byCode = <Thing extends { readonly code: string }>(
  all: readonly Thing[],
): ReadonlyMap<string, Thing> => new Map(all.map((each) => [each.code.toLowerCase(), each]))

/** The unit that a code or a name means; `many`: several have that name. */
export function unitMeant<U extends Unit>(
  units: readonly U[],
  said: string,
): U | 'many' | undefined {
  const coded = units.find(({ code }) => sameCode(code, said))
  if (coded) return coded
  const named = units.filter(({ name }) => name === said)
  return named.length > 1 ? 'many' : named[0]
}

/** Each unit's path, codes from the root down (`/HQ/B01/T02/`), by its code; there must be no circle. */
export function pathsOf(units: readonly Unit[]): ReadonlyMap<string, string> {
  const byCode = new Map(units.map((unit) => [unit.code, unit]))
  const pathOf = (unit: Unit): string => {
    const parent = unit.parent ? byCode.get(unit.parent) : undefined
    return `${parent ? pathOf(parent) : '/'}${unit.code}/`
  }
  return new Map(units.map((unit) => [unit.code, pathOf(unit)]))
}
