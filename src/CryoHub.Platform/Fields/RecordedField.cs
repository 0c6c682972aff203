using CryoHub.Platform.Quantities;

namespace CryoHub.Platform.Fields;

/// <summary>One thing that is recorded of a data set, its sample, a step behind it, or a result.</summary>
/// <param name="Key">Stands in addresses: <c>dataset.kind</c>, <c>sample.metal</c>, <c>milling.temperature-max</c>, <c>value.Porosity</c>.</param>
/// <param name="Group">Under which heading people look for it.</param>
/// <param name="Title">As people read it.</param>
/// <param name="Unit">Of its numbers; empty for words.</param>
/// <param name="IsNumber">Whether it can be compared by size.</param>
public sealed record RecordedField(string Key, string Group, string Title, string Unit, bool IsNumber)
{
    /// <summary>What a quantity measures; <c>null</c> where numbers have no other unit.</summary>
    public Dimension? Dimension { get; init; }
}
