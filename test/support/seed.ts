import fc from 'fast-check'

// A gate that fails by the luck of the draw says nothing of the change it judges, so it draws from one seed.
// Everywhere else each run draws anew, and finds what no one thought of.
const seed = Number(process.env['FAST_CHECK_SEED'])
if (seed) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed })
