/**
 * Reads "张三 区域 城东 行业 餐饮": what stands before the first label, and after each label the words
 * up to the next. What follows the label `last` is all its text, whatever words it has.
 */
export function takeLabelled<Label extends string>(
  text: string,
  labels: Readonly<Record<Label, RegExp>>,
  last?: NoInfer<Label>,
): { readonly head: string; readonly values: Partial<Record<Label, string>> } {
  const names = Object.keys(labels) as Label[]
  const values: Partial<Record<Label, string>> = {}
  let head = ''
  let into: Label | null = null
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const label: Label | undefined =
      last && into === last ? undefined : names.find((name) => labels[name].test(word))
    if (label) {
      into = label
      values[label] ??= ''
    } else if (into) values[into] = `${values[into]} ${word}`.trim()
    else head = `${head} ${word}`.trim()
  }
  return { head, values }
}
