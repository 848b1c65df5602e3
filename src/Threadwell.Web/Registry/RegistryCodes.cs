using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.CompilerServices;
using NodaTime;

namespace Threadwell.Web.Registry;

/// <summary>The registry's treatments as numbers, with what was judged of them so far: made once for a list of treatments and kept as long as the list.</summary>
internal sealed class RegistryCodes
{
    /// <summary>Treatments weigh in parts of a patient: of these each patient has as many. Up to sixteen treatments of one have equal shares.</summary>
    public const long Patient = 720_720;

    // So many selections of lots are kept.
    private const int MostLots = 100;

    private static readonly LocalDate Epoch = new(1970, 1, 1);

    private static readonly ConditionalWeakTable<IReadOnlyList<RegistryTreatment>, RegistryCodes> Known = [];

    private readonly IReadOnlyList<RegistryTreatment> treatments;
    private readonly ConcurrentDictionary<RegistryTime, FollowedTimes> times = [];
    private readonly Lazy<RegistryLots> lots;
    private readonly ConcurrentDictionary<RegistryTime, RegistryPart> followed = [];
    private readonly ConcurrentDictionary<(long Cell, TableKey By), IReadOnlySet<string>> shownLots = [];
    private readonly long[] strides;
    private readonly int[] byQuarter;
    private readonly byte[] levels;

    private RegistryCodes(IReadOnlyList<RegistryTreatment> treatments)
    {
        this.treatments = treatments;
        var names = new List<Dictionary<string, int>>();
        var codes = new List<int[]>();
        foreach (RegistryDimension dimension in RegistryDimension.All)
        {
            var known = new Dictionary<string, int>(StringComparer.Ordinal);
            int[] code = new int[treatments.Count];
            for (int row = 0; row < treatments.Count; row++)
            {
                string value = dimension.Of(treatments[row]);
                if (!known.TryGetValue(value, out code[row]))
                {
                    known[value] = code[row] = known.Count;
                }
            }

            names.Add(known);
            codes.Add(code);
        }

        (Names, Codes) = (names, [.. codes]);
        strides = new long[names.Count];
        long stride = 1;
        for (int dimension = 0; dimension < names.Count; dimension++)
        {
            strides[dimension] = stride;
            stride *= Math.Max(1, names[dimension].Count);
        }

        Quarters = new int[treatments.Count];
        Patients = new int[treatments.Count];
        Days = new int[treatments.Count];
        Threads = new int[treatments.Count];
        Lost = new bool[treatments.Count];
        Died = new bool[treatments.Count];
        WithoutLift = new bool[treatments.Count];
        var withComplications = new List<int>();
        var withAlarms = new List<int>();
        levels = new byte[treatments.Count * RegistryReader.Schedule.Count];
        for (int row = 0; row < treatments.Count; row++)
        {
            RegistryTreatment treatment = treatments[row];
            Quarters[row] = treatment.Quarter;
            Patients[row] = row == 0 ? 0 : Patients[row - 1] + (treatment.PatientId != treatments[row - 1].PatientId ? 1 : 0);
            Lost[row] = treatment.LostOn is not null;
            Died[row] = treatment.DiedOn is not null;
            Days[row] = DayNumber(treatment.Day);
            Threads[row] = treatment.Threads;
            WithoutLift[row] = treatment.IsWithoutLift;
            treatment.Levels.CopyTo(levels, row * RegistryReader.Schedule.Count);
            if (treatment.Complications.Count > 0)
            {
                withComplications.Add(row);
            }

            if (treatment.Alarms.Count > 0)
            {
                withAlarms.Add(row);
            }
        }

        (WithComplications, WithAlarms) = (withComplications, withAlarms);
        Weights = WeightsOf(Patients);
        byQuarter = [.. Enumerable.Range(0, treatments.Count)];
        Array.Sort((int[])Quarters.Clone(), byQuarter);
        (FirstQuarter, LastQuarter) = byQuarter.Length == 0 ? (0, 0) : (Quarters[byQuarter[0]], Quarters[byQuarter[^1]]);
        lots = new(() => new RegistryLots(treatments));
        All = new RegistryPart(this, byQuarter);
    }

    /// <summary>How many treatments.</summary>
    public int Count => treatments.Count;

    /// <summary>Values of each dimension of <see cref="RegistryDimension.All"/> and their numbers.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, int>> Names { get; }

    /// <summary>The number of each treatment's value, by dimension.</summary>
    public int[][] Codes { get; }

    /// <summary>A treatment weighs as a part of its patient, so that a sum of weights is never more than the patients it is of: together her treatments weigh as much as <see cref="Patient"/>.</summary>
    public long[] Weights { get; }

    /// <summary>Each treatment's calendar quarter.</summary>
    public int[] Quarters { get; }

    /// <summary>Each treatment's patient, numbered in order.</summary>
    public int[] Patients { get; }

    /// <summary>Whether the patient was recorded as lost after it.</summary>
    public bool[] Lost { get; }

    /// <summary>Whether she died after it.</summary>
    public bool[] Died { get; }

    /// <summary>Each treatment's day (<see cref="DayNumber"/>).</summary>
    public int[] Days { get; }

    /// <summary>How many threads were placed.</summary>
    public int[] Threads { get; }

    /// <summary>Whether its first measurement showed no lift.</summary>
    public bool[] WithoutLift { get; }

    /// <summary>The treatments that had a complication.</summary>
    public IReadOnlyList<int> WithComplications { get; }

    /// <summary>The treatments after which somebody had to act at once.</summary>
    public IReadOnlyList<int> WithAlarms { get; }

    /// <summary>The first quarter of any treatment.</summary>
    public int FirstQuarter { get; }

    /// <summary>The last quarter of any treatment.</summary>
    public int LastQuarter { get; }

    /// <summary>Their lots.</summary>
    public RegistryLots Lots => lots.Value;

    /// <summary>All treatments.</summary>
    public RegistryPart All { get; }

    /// <summary>The numbers of a list of treatments.</summary>
    /// <param name="treatments">All treatments of the registry, those of one patient beside each other; the list is not changed any more.</param>
    public static RegistryCodes Of(IReadOnlyList<RegistryTreatment> treatments) => Known.GetValue(treatments, list => new RegistryCodes(list));

    /// <summary>The place of a dimension among all.</summary>
    public static int PlaceOf(RegistryDimension dimension)
    {
        int place = 0;
        while (RegistryDimension.All[place] != dimension)
        {
            place++;
        }

        return place;
    }

    /// <summary>A day as a number.</summary>
    public static int DayNumber(LocalDate day) => Period.DaysBetween(Epoch, day);

    /// <summary>A treatment.</summary>
    public RegistryTreatment TreatmentAt(int row) => treatments[row];

    /// <summary>Levels of a treatment's check-ins (<see cref="RegistryTreatment.Levels"/>).</summary>
    public ReadOnlySpan<byte> LevelsOf(int row) => levels.AsSpan(row * RegistryReader.Schedule.Count, RegistryReader.Schedule.Count);

    /// <summary>Those of the treatments that were followed.</summary>
    /// <param name="time">Until what; null for all treatments.</param>
    public RegistryPart PartOf(RegistryTime? time) => time is null ? All : followed.GetOrAdd(time, of =>
    {
        FollowedTimes known = TimesOf(of);
        int[] rows = [.. byQuarter.Where(known.Has)];
        return rows.Length == Count ? All : new RegistryPart(this, rows);
    });

    /// <summary>The times of the treatments.</summary>
    /// <param name="time">What is waited for.</param>
    public FollowedTimes TimesOf(RegistryTime time) => times.GetOrAdd(time, of => new FollowedTimes(Patients, row => of.Of(treatments[row])));

    /// <summary>What a treatment's value of a dimension adds to the number of its cell: a cell's number is the sum over the dimensions that it is by.</summary>
    /// <param name="dimension">The dimension.</param>
    /// <param name="row">A treatment.</param>
    public long PartOfCell(int dimension, int row) => PartOfValue(dimension, Codes[dimension][row]);

    /// <summary>The same of a value.</summary>
    /// <param name="dimension">The dimension.</param>
    /// <param name="code">The value's number.</param>
    public long PartOfValue(int dimension, int code) => strides[dimension] * code;

    /// <summary>The number that treatments share which agree in some dimensions.</summary>
    /// <param name="dimensions">A bit for each dimension.</param>
    /// <param name="row">A treatment.</param>
    public long CellOf(int dimensions, int row)
    {
        long cell = 0;
        for (int left = dimensions; left != 0; left &= left - 1)
        {
            cell += PartOfCell(BitOperations.TrailingZeroCount(left), row);
        }

        return cell;
    }

    /// <summary>The number of the cell that a filter chooses, whatever its period.</summary>
    /// <param name="filter">The filter.</param>
    /// <returns>A bit for each dimension that it chooses by, and the number; null where it chooses nobody.</returns>
    public (int Dimensions, long Cell)? CellOf(RegistryFilter filter)
    {
        int dimensions = 0;
        long cell = 0;
        foreach ((RegistryDimension dimension, string value) in filter.Chosen)
        {
            int place = PlaceOf(dimension);
            if (!Names[place].TryGetValue(value, out int code))
            {
                return null;
            }

            dimensions |= 1 << place;
            cell += PartOfValue(place, code);
        }

        return (dimensions, cell);
    }

    /// <summary>The blocks of quarters of those whom a filter chooses, whatever their day.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="least">The least number of patients that is told of.</param>
    /// <returns>The blocks; null where it chooses nobody.</returns>
    public QuarterBlocks? BlocksOf(RegistryFilter filter, int least) => CellOf(filter) is var (dimensions, cell) ? All.BlocksBy(dimensions, least).GetValueOrDefault(cell) : null;

    /// <summary>The lots of a selection that may be shown, as they were judged.</summary>
    /// <param name="filter">What is selected.</param>
    /// <param name="least">The least number of patients that is told of.</param>
    /// <param name="judge">Judges them where that was not done yet.</param>
    public IReadOnlySet<string> ShownLots(RegistryFilter filter, int least, Func<IReadOnlySet<string>> judge)
    {
        if (CellOf(filter) is not var (dimensions, cell))
        {
            return new HashSet<string>();
        }

        if (shownLots.Count > MostLots)
        {
            shownLots.Clear();
        }

        return shownLots.GetOrAdd((cell, new TableKey(dimensions, SuppressedTable.PeriodOf(filter), least)), _ => judge());
    }

    // Equal shares; what cannot be shared goes to the first treatments of a patient.
    private static long[] WeightsOf(int[] patients)
    {
        long[] weights = new long[patients.Length];
        for (int first = 0; first < patients.Length;)
        {
            int next = first + 1;
            while (next < patients.Length && patients[next] == patients[first])
            {
                next++;
            }

            for (int row = first; row < next; row++)
            {
                weights[row] = (Patient / (next - first)) + (row - first < Patient % (next - first) ? 1 : 0);
            }

            first = next;
        }

        return weights;
    }
}
