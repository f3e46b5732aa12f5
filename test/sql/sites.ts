import { readFileSync } from 'node:fs'
import path from 'node:path'
import {
  isAwaitExpression,
  isCallExpression,
  isExpressionStatement,
  isNoSubstitutionTemplateLiteral,
  isPropertyAccessExpression,
  isStringLiteral,
  isTaggedTemplateExpression,
  isTemplateExpression,
  type Node,
  type SourceFile,
} from 'typescript/unstable/ast'
import { type Checker, type Type, TypeFlags } from 'typescript/unstable/sync'
import { inSources } from './project.ts'

/** A column as the row type of a statement declares it. */
export interface Declared {
  readonly name: string
  /** What its values are: as `typeof` says, a class, `object`, or one of them with `[]` behind it. */
  readonly kinds: readonly string[]
  readonly nullable: boolean
}

/** A place in src that sends a statement. */
export interface Site {
  readonly file: string
  /** The line of `$queryRaw` or its like, and the last line of the call. */
  readonly line: number
  readonly last: number
  /** Null: the statement gives no rows, or nobody reads what is in them. */
  readonly declares: readonly Declared[] | null
  /** Null: it is put together of parts, so that only a run knows it. */
  readonly text: string | null
}

const RAW = /^\$(query|execute)Raw(Unsafe)?$/
const NOTHING = TypeFlags.Null | TypeFlags.Undefined

/**
 * Every place in src, or in these of its files, that sends SQL. Throws on one whose rows are read but
 * not declared.
 */
export const sitesIn = (root: string, only?: ReadonlySet<string>): Site[] =>
  inSources(root, (file) => only?.has(file) ?? sendsSql(path.join(root, file)), sitesOf)

/** Whether it is worth reading; to take a tree from the compiler takes longer. */
const sendsSql = (file: string): boolean => readFileSync(file, 'utf8').includes('Raw')

function sitesOf(source: SourceFile, file: string, checker: Checker): Site[] {
  const sites: Site[] = []
  const lineOf = (place: number) => source.text.slice(0, place).split('\n').length
  const visit = (node: Node): void => {
    node.forEachChild(visit)
    if (!isPropertyAccessExpression(node) || !RAW.test(node.name.text)) return
    const line = lineOf(node.name.end)
    const rows = node.name.text.startsWith('$query') ? rowsOf(node.parent, checker) : null
    if (rows === undefined) throw new Error(`${file}:${line} reads rows that it does not declare`)
    const text = textOf(node.parent, checker)
    sites.push({ file, line, last: lineOf(node.parent.end), declares: rows, text })
  }
  visit(source)
  return sites
}

/** The statement of a call with its parameters as `$n`, where it stands there whole. */
function textOf(call: Node, checker: Checker): string | null {
  if (!isTaggedTemplateExpression(call)) {
    const [text] = isCallExpression(call) ? call.arguments : []
    return text && (isStringLiteral(text) || isNoSubstitutionTemplateLiteral(text))
      ? text.text
      : null
  }
  const { template } = call
  if (!isTemplateExpression(template)) return template.text
  const spans = [...template.templateSpans]
  const isSql = ({ expression }: (typeof spans)[number]) =>
    checker.getTypeAtLocation(expression)?.getSymbol()?.name === 'Sql'
  if (spans.some(isSql)) return null
  return spans.reduce(
    (text, { literal }, place) => `${text}$${place + 1}${literal.text}`,
    template.head.text,
  )
}

/** The columns that a call declares; undefined: it declares none, though its result is used. */
function rowsOf(call: Node, checker: Checker): readonly Declared[] | null | undefined {
  const rows = argumentOf(checker.getTypeAtLocation(call), checker)
  if (!rows || rows.flags & TypeFlags.Unknown) return isUsed(call) ? undefined : null
  const row = argumentOf(rows, checker)
  if (!row || row.isTypeParameter()) return undefined
  // Of rows of `unknown` only their number can be asked for.
  if (row.flags & TypeFlags.Unknown) return null
  return checker.getPropertiesOfType(row).map((property) => {
    const parts = partsOf(checker.getTypeOfSymbol(property))
    return {
      name: property.name,
      kinds: kindsOf(parts, checker),
      nullable: parts.some(({ flags }) => flags & NOTHING),
    }
  })
}

/** What a promise or an array is of. */
const argumentOf = (type: Type | undefined, checker: Checker): Type | undefined =>
  type?.isTypeReference() ? checker.getTypeArguments(type)[0] : undefined

/** Whether anything is done with the result of a call. */
const isUsed = ({ parent }: Node): boolean =>
  !(isAwaitExpression(parent) && isExpressionStatement(parent.parent))

const partsOf = (type: Type | undefined): readonly Type[] => {
  if (!type) return []
  return type.isUnionType() ? (type.getTypes() ?? []) : [type]
}

const kindsOf = (parts: readonly Type[], checker: Checker): string[] => [
  ...new Set(parts.filter(({ flags }) => !(flags & NOTHING)).map((part) => kindOf(part, checker))),
]

const KINDS: readonly (readonly [TypeFlags, string])[] = [
  [TypeFlags.Unknown, 'unknown'],
  [TypeFlags.StringLike, 'string'],
  [TypeFlags.NumberLike, 'number'],
  [TypeFlags.BigIntLike, 'bigint'],
  [TypeFlags.BooleanLike, 'boolean'],
]
const CLASSES = ['Date', 'Uint8Array', 'Decimal']

function kindOf(type: Type, checker: Checker): string {
  const scalar = KINDS.find(([flags]) => type.flags & flags)
  if (scalar) return scalar[1]
  if (type.isIntersectionType()) {
    const kinds = (type.getTypes() ?? []).map((part) => kindOf(part, checker))
    return kinds.find((kind) => kind !== 'object') ?? 'object'
  }
  if (type.isTypeReference() && (checker.isArrayType(type) || checker.isTupleType(type))) {
    const elements = checker.getTypeArguments(type).flatMap(partsOf)
    // PostgreSQL's arrays are of one type however many dimensions they have.
    return `${kindsOf(elements, checker)
      .join('|')
      .replace(/(\[\])+$/, '')}[]`
  }
  const name = type.getSymbol()?.name ?? ''
  return CLASSES.includes(name) ? name : 'object'
}
