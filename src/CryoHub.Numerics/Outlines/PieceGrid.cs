namespace CryoHub.Numerics.Outlines;

/// <summary>Straight pieces sorted into square cells, so that rays find the few that lie on their way.</summary>
public sealed class PieceGrid
{
    private const int MostCells = 1 << 22;

    private readonly List<(double AX, double AY, double BX, double BY)> pieces = [];
    private readonly List<int>?[] cells;
    private readonly double left, top, edge;
    private readonly int columns, rows;

    /// <param name="lines">All lines that rays may meet.</param>
    /// <param name="edge">Wanted edge of a cell; larger where that gives too many cells.</param>
    public PieceGrid(IReadOnlyList<Outline> lines, double edge)
    {
        foreach (var line in lines)
        {
            for (var i = 0; i < line.Pieces; i++)
            {
                pieces.Add(line.Piece(i));
            }
        }

        (left, top) = (double.PositiveInfinity, double.PositiveInfinity);
        var (right, bottom) = (double.NegativeInfinity, double.NegativeInfinity);
        foreach (var (ax, ay, bx, by) in pieces)
        {
            (left, top, right, bottom) = (Math.Min(left, Math.Min(ax, bx)), Math.Min(top, Math.Min(ay, by)), Math.Max(right, Math.Max(ax, bx)), Math.Max(bottom, Math.Max(ay, by)));
        }

        this.edge = Math.Max(edge, Math.Max(Math.Sqrt((right - left) * (bottom - top) / MostCells), Math.Max(right - left, bottom - top) / MostCells));
        (columns, rows) = ((int)((right - left) / this.edge) + 1, (int)((bottom - top) / this.edge) + 1);
        cells = new List<int>?[columns * rows];
        for (var n = 0; n < pieces.Count; n++)
        {
            var (ax, ay, bx, by) = pieces[n];
            for (var row = Row(Math.Min(ay, by)); row <= Row(Math.Max(ay, by)); row++)
            {
                for (var column = Column(Math.Min(ax, bx)); column <= Column(Math.Max(ax, bx)); column++)
                {
                    (cells[(row * columns) + column] ??= []).Add(n);
                }
            }
        }
    }

    /// <summary>Distance from (x, y) along the unit vector (dx, dy) to the first piece met within <paramref name="reach"/>; NaN where there is none.</summary>
    public double First(double x, double y, double dx, double dy, double reach)
    {
        // Steps of one cell: all cells that the ray's box of one step touches are asked, so none is passed over.
        for (var from = 0.0; from < reach; from += edge)
        {
            var to = Math.Min(from + edge, reach);
            var (ax, ay, bx, by) = (x + (from * dx), y + (from * dy), x + (to * dx), y + (to * dy));
            if (Math.Max(ax, bx) < left || Math.Max(ay, by) < top || Math.Min(ax, bx) > left + (columns * edge) || Math.Min(ay, by) > top + (rows * edge))
            {
                continue;
            }

            var nearest = double.NaN;
            for (var row = Row(Math.Min(ay, by)); row <= Row(Math.Max(ay, by)); row++)
            {
                for (var column = Column(Math.Min(ax, bx)); column <= Column(Math.Max(ax, bx)); column++)
                {
                    foreach (var n in cells[(row * columns) + column] ?? [])
                    {
                        var met = Meeting(pieces[n], x, y, dx, dy);
                        nearest = met <= reach && !(met >= nearest) ? met : nearest;
                    }
                }
            }

            if (nearest <= to)
            {
                return nearest;
            }
        }

        return double.NaN;
    }

    private static double Meeting((double AX, double AY, double BX, double BY) piece, double x, double y, double dx, double dy)
    {
        var (ex, ey) = (piece.BX - piece.AX, piece.BY - piece.AY);
        var across = (dx * ey) - (dy * ex);
        if (across == 0)
        {
            return double.NaN;
        }

        var (px, py) = (piece.AX - x, piece.AY - y);
        var along = ((px * ey) - (py * ex)) / across;
        var share = ((px * dy) - (py * dx)) / across;
        return along >= 0 && share is >= 0 and <= 1 ? along : double.NaN;
    }

    private int Column(double x) => (int)Math.Clamp((x - left) / edge, 0, columns - 1);

    private int Row(double y) => (int)Math.Clamp((y - top) / edge, 0, rows - 1);
}
