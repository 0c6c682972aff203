namespace CryoHub.Formats.Star;

/// <summary>A <c>loop_</c>: names of the columns, and the cells row by row.</summary>
internal sealed record StarLoop(List<string> Names, List<StarCell> Cells)
{
    public int Rows => Cells.Count / Names.Count;

    public StarCell At(int row, int column) => Cells[(row * Names.Count) + column];
}
