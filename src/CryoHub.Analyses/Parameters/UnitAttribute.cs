namespace CryoHub.Analyses.Parameters;

/// <summary>The unit of a parameter as shown behind its field and published as <c>x-unit</c>: <c>eV</c>, <c>deg</c>, <c>nm</c>, <c>px</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class UnitAttribute(string symbol) : Attribute
{
    /// <summary>Symbol of the unit.</summary>
    public string Symbol { get; } = symbol;
}
