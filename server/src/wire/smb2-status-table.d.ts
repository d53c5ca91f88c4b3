/** The one file of the `smb2` package that is used: MS-ERREF's NTSTATUS table. */
declare module 'smb2/lib/tools/ms_erref.js' {
  export interface StatusTable {
    getStatus(status: number): { readonly code: string; readonly message: string };
  }
  const table: StatusTable;
  export default table;
}
