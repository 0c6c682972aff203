namespace CryoHub.Formats.Hdf5;

/// <summary>The objects along the path that was asked for last, kept open: a walk over a file asks for neighbours. The caller holds the library's gate.</summary>
/// <param name="file">The file's identifier.</param>
internal sealed class Hdf5Way(long file)
{
    private readonly List<(string Name, long Item)> steps = [];
    private long root = -1;

    /// <summary>The object at a path from the root, open until another path is asked for; negative where the path leads nowhere or out of the file.</summary>
    public long Open(string path)
    {
        if (root < 0)
        {
            root = LibHdf5.Open(file, "/", 0);
        }

        var names = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var shared = 0;
        while (shared < Math.Min(names.Length, steps.Count) && names[shared] == steps[shared].Name)
        {
            shared++;
        }

        Shorten(shared);
        var item = shared == 0 ? root : steps[^1].Item;
        for (var i = shared; i < names.Length && item >= 0; i++)
        {
            item = Hdf5Links.Step(file, item, names[i]);
            if (item >= 0)
            {
                steps.Add((names[i], item));
            }
        }

        return item;
    }

    public void Close()
    {
        Shorten(0);
        if (root >= 0)
        {
            LibHdf5.Close(root);
        }
    }

    private void Shorten(int length)
    {
        for (var i = steps.Count - 1; i >= length; i--)
        {
            LibHdf5.Close(steps[i].Item);
            steps.RemoveAt(i);
        }
    }
}
