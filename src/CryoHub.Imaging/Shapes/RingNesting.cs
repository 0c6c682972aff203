namespace CryoHub.Imaging.Shapes;

/// <summary>Sorts closed rings that do not cross into outlines and their holes, by how many others enclose them (even-odd rule).</summary>
internal static class RingNesting
{
    /// <summary>Rings of one shape; more would take too long to compare, each with each.</summary>
    public const int MostRings = 500;

    /// <summary>Each outline with the rings that lie in it and in no other outline between.</summary>
    /// <exception cref="ProblemException">There are too many rings.</exception>
    public static IReadOnlyList<IReadOnlyList<double[]>> Of(IReadOnlyList<double[]> rings)
    {
        if (rings.Count > MostRings)
        {
            throw ProblemException.Invalid($"One shape is made of {rings.Count:N0} outlines; {MostRings:N0} is the limit. Save its parts as shapes of their own.");
        }

        // A ring may touch another at its vertices, so the middle of its first edge is asked.
        var all = Enumerable.Range(0, rings.Count);
        int[][] enclosing = [.. rings.Select((ring, i) => all.Where(j => j != i && Holds(rings[j], (ring[0] + ring[2]) / 2, (ring[1] + ring[3]) / 2)).ToArray())];
        IEnumerable<double[]> HolesOf(int i) => all.Where(j => enclosing[j].Length == enclosing[i].Length + 1 && enclosing[j].Contains(i)).Select(j => rings[j]);
        return [.. all.Where(i => enclosing[i].Length % 2 == 0).Select(i => (IReadOnlyList<double[]>)[rings[i], .. HolesOf(i)])];
    }

    /// <summary>Whether the ring encloses the place: a ray to the right crosses it an odd number of times.</summary>
    private static bool Holds(double[] ring, double x, double y)
    {
        var isInside = false;
        for (int i = 0, j = ring.Length - 2; i < ring.Length; j = i, i += 2)
        {
            if ((ring[i + 1] > y) != (ring[j + 1] > y) && x < ((ring[j] - ring[i]) * (y - ring[i + 1]) / (ring[j + 1] - ring[i + 1])) + ring[i])
            {
                isInside = !isInside;
            }
        }

        return isInside;
    }
}
