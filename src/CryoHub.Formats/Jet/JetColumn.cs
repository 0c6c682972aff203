namespace CryoHub.Formats.Jet;

/// <summary>A column of a table definition.</summary>
/// <param name="Name">As defined.</param>
/// <param name="Type">1 boolean, 2 byte, 3 and 4 integers, 5 money, 6 and 7 floating point, 8 date, 10 text, 12 memo.</param>
/// <param name="Number">Its bit among the marks for "not empty".</param>
/// <param name="IsFixed">Stored at a fixed place of a row.</param>
/// <param name="FixedOffset">That place, behind the count of columns.</param>
/// <param name="VariableIndex">Otherwise its number among the fields of variable length.</param>
internal sealed record JetColumn(string Name, int Type, int Number, bool IsFixed, int FixedOffset, int VariableIndex)
{
    public bool IsText => Type is 10 or 12;

    /// <summary>False for binary, OLE objects, identifiers and the like, which are no cells of a table of numbers and words.</summary>
    public bool IsReadable => Type is >= 1 and <= 8 or 10 or 12;
}
