using GridMesh.Contracts.Directory;

namespace GridMesh.Grains.Directory;

/// <summary>What follows from the directory in force, made once for each version of it.</summary>
internal sealed class PerDirectory<T>(IDirectory directory, Func<DirectoryView, T> make)
{
    private volatile Made? _made;

    public T Current
    {
        get
        {
            var view = directory.Current;
            var made = _made;
            if (made?.View != view)
                _made = made = new Made(view, make(view));

            return made.What;
        }
    }

    private sealed record Made(DirectoryView View, T What);
}
