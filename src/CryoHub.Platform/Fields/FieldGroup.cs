namespace CryoHub.Platform.Fields;

/// <summary>Data sets with one value of the grouping field; empty where it is not recorded.</summary>
public sealed record FieldGroup(string Label, int Count);
