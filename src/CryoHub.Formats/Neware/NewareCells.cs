using System.Collections;

namespace CryoHub.Formats.Neware;

/// <summary>One quantity of all rows, without a copy.</summary>
internal sealed class NewareCells(NewareRow[] rows, Func<NewareRow, double> value) : IReadOnlyList<double>
{
    public int Count => rows.Length;

    public double this[int index] => value(rows[index]);

    public IEnumerator<double> GetEnumerator() => rows.Select(value).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
