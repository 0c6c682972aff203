namespace CryoHub.Formats.Parquet;

/// <summary>A column without nesting.</summary>
/// <param name="Name">As in the schema.</param>
/// <param name="Type">0 boolean, 1 and 2 integers of 32 and 64 bits, 3 a moment of 96, 4 and 5 floating point, 6 bytes, 7 bytes of fixed length.</param>
/// <param name="FixedBytes">That length.</param>
/// <param name="IsOptional">Cells may be empty.</param>
/// <param name="Factor">What whole numbers are multiplied by (decimals).</param>
/// <param name="Unit">Of moments: ms, µs or ns since 1970; otherwise empty.</param>
internal sealed record ParquetColumn(string Name, int Type, int FixedBytes, bool IsOptional, double Factor, string Unit)
{
    public bool IsText => Type is 6 or 7;

    /// <summary>The leaves right below the root; groups and repeated leaves are left out.</summary>
    public static List<ParquetColumn?> OfSchema(IReadOnlyList<object> schema)
    {
        var columns = new List<ParquetColumn?>();
        for (var i = 1; i < schema.Count; i++)
        {
            var element = (ThriftStruct)schema[i];
            if (element.Integer(5) is > 0 and var children)
            {
                columns.AddRange(Enumerable.Repeat((ParquetColumn?)null, Leaves(schema, ref i, (int)Math.Min(children, schema.Count))));
                continue;
            }

            var converted = element.Integer(6);
            var logical = element.Struct(10)?.Struct(8)?.Struct(2)?.Ids.FirstOrDefault();
            columns.Add(element.Integer(3) == 2 ? null : new(
                element.Text(4) ?? "",
                (int)(element.Integer(1) ?? -1),
                (int)Math.Clamp(element.Integer(2) ?? 0, 0, 1 << 16),
                element.Integer(3) == 1,
                converted == 5 ? Math.Pow(10, -Math.Clamp(element.Integer(7) ?? 0, 0, 38)) : 1,
                (logical, converted) switch { (1, _) or (_, 9) => "ms", (2, _) or (_, 10) => "µs", (3, _) => "ns", _ => "" }));
        }

        return columns;
    }

    private static int Leaves(IReadOnlyList<object> schema, ref int at, int children)
    {
        var leaves = 0;
        for (var open = children; open > 0 && at + 1 < schema.Count; open--)
        {
            at++;
            var below = ((ThriftStruct)schema[at]).Integer(5) ?? 0;
            open += (int)Math.Clamp(below, 0, schema.Count);
            leaves += below > 0 ? 0 : 1;
        }

        return leaves;
    }
}
