namespace CryoHub.Platform.Facility;

/// <summary>Something that needs a person.</summary>
/// <param name="IsUrgent">Things are being lost or stand still; otherwise it can wait until tomorrow.</param>
/// <param name="Link">Where it is put right, relative to the site.</param>
public sealed record Alarm(bool IsUrgent, string Title, string Words, string Link);
