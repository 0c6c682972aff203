namespace CryoHub.Worker.Jobs;

/// <summary>What a row says about the store.</summary>
/// <param name="Key">The key of an object, or what all keys of a group begin with.</param>
/// <param name="As">What the row means by it.</param>
internal sealed record NamedObject(string Key, NamedAs As);
