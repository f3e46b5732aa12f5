/** Words that are left of a line, as a note: no marks around it, none that stand alone. */
export const noteLeft = (rest: string): string | null =>
  rest
    .replace(/\(\s*\)/g, ' ')
    .replace(/^[\s,;:。、./!~]+|(?<![\s,;:、/!~])[\s,;:、/!~]+$/g, '')
    .replace(/ +/g, ' ')
    .replace(/ ([,;。、])/g, '$1')
    .replace(/([,;。、]) (?=[\u4e00-\u9fff])/g, '$1') || null
