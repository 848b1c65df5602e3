using System.Text;
using Threadwell.Anatomy;
using Threadwell.Biology;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Plans.Files;
using Threadwell.Storage.Treatments;

namespace Threadwell.Storage.Plans;

/// <summary>What a <see cref="PlanOutline"/> holds: the threads, each by area and side, without a place on a scan.</summary>
public sealed record Outline
{
    /// <summary>Most threads of an outline.</summary>
    public const int MostThreads = 80;

    /// <summary>Version of the form; 1 now.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>The threads.</summary>
    public required IReadOnlyList<OutlineThread> Threads { get; init; }

    /// <summary>What the doctor noted; may be empty.</summary>
    public string Note { get; init; } = "";

    /// <summary>The outline as it is stored.</summary>
    public string ToJson() => Encoding.UTF8.GetString(PlanJson.ToBytes(this));

    /// <summary>Reads a stored outline.</summary>
    /// <exception cref="InvalidInputException">The text is no outline.</exception>
    public static Outline Parse(string json) => PlanJson.Parse<Outline>(Encoding.UTF8.GetBytes(json), "outline");

    /// <summary>The threads of some groups, numbered by side as plans on a scan number theirs: "L1", "L2", "R1", and "M1" on the midline.</summary>
    /// <param name="groups">The groups, in their order.</param>
    public static IReadOnlyList<OutlineThread> Number(IEnumerable<OutlineGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        var numbers = new Dictionary<BodySide, int>();
        var threads = new List<OutlineThread>();
        foreach (OutlineGroup group in groups)
        {
            for (int count = 0; count < group.Count; count++)
            {
                int number = numbers[group.Side] = numbers.GetValueOrDefault(group.Side) + 1;
                threads.Add(new OutlineThread { Id = $"{group.Side.ToString()[0]}{number}", Area = group.Area, Side = group.Side, Material = group.Material, Barbs = group.Barbs });
            }
        }

        return threads;
    }

    /// <summary>The groups that the threads form: threads that differ in nothing but their number.</summary>
    public IReadOnlyList<OutlineGroup> Groups() =>
        [.. Threads.GroupBy(thread => (thread.Area, thread.Side, thread.Material, thread.Barbs)).Select(group => new OutlineGroup(group.Key.Area, group.Key.Side, group.Key.Material, group.Key.Barbs, group.Count()))];
}

/// <summary>A thread of an outline.</summary>
public sealed record OutlineThread
{
    /// <summary>Identifier, unique in the outline ("L1").</summary>
    public required string Id { get; init; }

    /// <summary>Area.</summary>
    public required TreatmentArea Area { get; init; }

    /// <summary>Side.</summary>
    public required BodySide Side { get; init; }

    /// <summary>Polymer.</summary>
    public required ThreadMaterial Material { get; init; }

    /// <summary>Kind of barbs.</summary>
    public required BarbKind Barbs { get; init; }
}

/// <summary>Threads of an outline that differ in nothing but their number.</summary>
/// <param name="Area">Area.</param>
/// <param name="Side">Side.</param>
/// <param name="Material">Polymer.</param>
/// <param name="Barbs">Kind of barbs.</param>
/// <param name="Count">How many.</param>
public sealed record OutlineGroup(TreatmentArea Area, BodySide Side, ThreadMaterial Material, BarbKind Barbs, int Count);
