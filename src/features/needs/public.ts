export { departmentNamed, installCatalogue, refreshCatalogue } from './catalogue/store.ts'
export { insertNeed } from './store.ts'
