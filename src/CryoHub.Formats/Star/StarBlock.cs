namespace CryoHub.Formats.Star;

/// <summary>What stands under one <c>data_</c> or <c>save_</c> heading.</summary>
internal sealed record StarBlock(string Name)
{
    /// <summary>Single items in the file's order, names with their underscore.</summary>
    public List<(string Name, StarCell Cell)> Items { get; } = [];

    public List<StarLoop> Loops { get; } = [];

    public List<StarBlock> Frames { get; } = [];
}
