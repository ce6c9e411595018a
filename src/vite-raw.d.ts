/** SQL lives in `.sql` files, one query each; Vite hands them over as text. */
declare module '*.sql?raw' {
  const sql: string
  export default sql
}
