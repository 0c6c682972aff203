using System.Collections;

namespace CryoHub.Formats.Neware;

/// <summary>One quantity of all rows, without a copy.</summary>
internal sealed class NewareCells(NewareRow[] rows, NewareCells.Quantity value) : IReadOnlyList<double>
{
    public delegate double Quantity(in NewareRow row);

    public int Count => rows.Length;

    public double this[int index] => value(in rows[index]);

    public IEnumerator<double> GetEnumerator() => rows.Select(row => value(in row)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
