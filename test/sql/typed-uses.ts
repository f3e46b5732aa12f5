import {
  isBindingElement,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  type Node,
} from 'typescript/unstable/ast'
import type { Checker, Symbol as Property, Type } from 'typescript/unstable/sync'
import { inSources } from './project.ts'

/** Where Prisma generates the types of a model. */
const MODEL = /\/src\/generated\/models\/(\w+)\.ts$/i

/**
 * How often src names a property of a model where the types check it: as a key in what a call of
 * Prisma is given, or in what is taken from what it gave. By `model.property`, in lower case.
 */
export function typedUses(root: string): ReadonlyMap<string, number> {
  const uses = new Map<string, number>()
  const found = inSources(
    root,
    () => true,
    (source, _, checker) => {
      const keys: string[] = []
      const visit = (node: Node): void => {
        node.forEachChild(visit)
        keys.push(...new Set(propertiesAt(node, checker).flatMap(keysOf)))
      }
      visit(source)
      return keys
    },
  )
  for (const key of found) uses.set(key, (uses.get(key) ?? 0) + 1)
  return uses
}

const keysOf = ({ name, declarations }: Property): string[] =>
  declarations.flatMap(({ path }) => {
    const model = path.match(MODEL)?.[1]
    return model ? [`${model}.${name}`.toLowerCase()] : []
  })

/** The properties that a node names. */
function propertiesAt(node: Node, checker: Checker): Property[] {
  if (isPropertyAccessExpression(node)) {
    const property = checker.getSymbolAtLocation(node.name)
    return property ? [property] : []
  }
  if (isObjectLiteralExpression(node)) {
    const named = node.properties.filter(
      (each) => isPropertyAssignment(each) || isShorthandPropertyAssignment(each),
    )
    const type = checker.getContextualType(node)
    return named.flatMap(({ name }) => propertyOf(type, name, checker))
  }
  if (isBindingElement(node) && !node.dotDotDotToken) {
    const type = checker.getTypeAtLocation(node.parent)
    return propertyOf(type, node.propertyName ?? node.name, checker)
  }
  return []
}

function propertyOf(type: Type | undefined, name: Node | undefined, checker: Checker): Property[] {
  const property =
    type && name && isIdentifier(name) ? checker.getPropertyOfType(type, name.text) : undefined
  return property ? [property] : []
}
