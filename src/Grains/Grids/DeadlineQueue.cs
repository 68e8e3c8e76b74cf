using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Grains.Grids;

/// <summary>A deadline of one open case, or a rung of its ladder after it.</summary>
public readonly record struct Deadline(CaseNumber Number, Step Step, DateTimeOffset Due);

/// <summary>
/// The deadlines of a grid's open cases, earliest first. Rows of cases that moved on stay in the heap and are passed
/// over when they come up, so every change is O(log n).
/// </summary>
public sealed class DeadlineQueue
{
    private readonly PriorityQueue<Deadline, DateTimeOffset> _queue = new();

    public void Follow(CaseRow row)
    {
        if (row.Step.IsOpen() && DueOf(row) is { } due)
            _queue.Enqueue(new Deadline(row.Number, row.Step, due), due);
    }

    /// <summary>Takes the next deadline that has come and still holds; null when there is none.</summary>
    public Deadline? TakeDue(DateTimeOffset now, GridCases cases)
    {
        while (Next(cases) is { } due && due <= now)
            return _queue.Dequeue();

        return null;
    }

    /// <summary>When the next deadline that still holds comes; null when there is none.</summary>
    public DateTimeOffset? Next(GridCases cases)
    {
        while (_queue.TryPeek(out var deadline, out var due))
        {
            if (cases.Find(deadline.Number) is { } row && row.Step == deadline.Step && DueOf(row) == due)
                return due;

            _queue.Dequeue();
        }

        return null;
    }

    /// <summary>What the case waits for: its deadline, and once that has passed the next rung.</summary>
    private static DateTimeOffset? DueOf(CaseRow row) => row.Overdue ? row.RungAt : row.DueAt;
}
