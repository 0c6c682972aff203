namespace CryoHub.Platform.Fields;

/// <summary>What is recorded in one field of one data set.</summary>
/// <param name="Text">As people read it, without the unit.</param>
/// <param name="Number">In the field's unit; <c>null</c> for words.</param>
public sealed record FieldCell(string Text, double? Number = null);
