/** A column of a table: its title and, for numbers, bars and what a phone leaves out, its class. */
export type Column = readonly [title: string, look?: string];

/** The head of a table. */
export const Head = ({ columns }: { columns: readonly Column[] }) => (
  <thead>
    <tr>
      {columns.map(([title, look]) => (
        <th key={title} scope="col" {...(look === undefined ? {} : { class: look })}>
          {title}
        </th>
      ))}
    </tr>
  </thead>
);
