namespace CryoHub.Platform.Steps;

/// <summary>A kind of step between cell and image.</summary>
/// <param name="Key">Kebab-case, stored with each step, never changed.</param>
/// <param name="Title">As people read it.</param>
/// <param name="Fields">What can be recorded, besides who, when, where, device and notes.</param>
public sealed record StepKind(string Key, string Title, IReadOnlyList<StepField> Fields)
{
    public StepField? Field(string key) => Fields.FirstOrDefault(field => field.Key == key);
}
