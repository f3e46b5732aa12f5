#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import path from 'node:path'

// What was compiled once is kept: half of the time that a command takes to start. Where nothing can be
// written, nothing is kept.
enableCompileCache(path.join(import.meta.dirname, '../node_modules/.cache/chenhui'))
await import('./cli/command-line.ts')
