using System.Globalization;
using CsCheck;
using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Care.Registry;
using Threadwell.Web.Registry;

namespace Threadwell.Web.Tests.Registry;

/// <summary>Few people cannot be had from what is shown, neither at once nor by subtraction. The tests ask for everything that can be asked for, as somebody would who wants to know.</summary>
public sealed class DisclosureTests
{
    private const int Least = 5;

    private static int Cases => Environment.GetEnvironmentVariable("THREADWELL_LONG") == "1" ? 60 : 3;

    private static readonly Gen<RegistryTreatment[]> Clinics =
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2], Gen.Bool, Gen.Int[0, 5], Gen.Int[0, 3], Gen.Int[0, 11], Gen.Int[0, 5]).Array[20, 90].Select(rows => rows
            .Select((row, index) => Treatment(PatientOf(index, row.Item5), Materials[row.Item1], Areas[row.Item2], row.Item3 ? Sex.Male : Sex.Female, new LocalDate(2024, 1, 5).PlusMonths(3 * row.Item4), row.Item6, row.Item7))
            .GroupBy(treatment => treatment.PatientId).SelectMany(group => group).ToArray());

    private static string[] Materials => ["PDO", "PLLA", "PCL"];

    private static string[] Areas => ["Jawline", "Brow", "Neck"];

    private static int FirstQuarter => Quarters.Of(new LocalDate(2024, 1, 5));

    [Fact]
    public void What_is_shown_differs_by_nobody_or_by_enough() => Clinics.Sample(clinic => DiffersByNobodyOrByEnough(clinic, Least), iter: Cases, threads: 1);

    // Quarter and number of those with PDO, and of those with PLLA.
    [Theory]

    // A quarter in which all had PDO, and three more with PDO later: the quarter and PDO.
    [InlineData(new[] { 20, 0, 0, 0, 3, 0 }, new[] { 0, 0, 0, 0, 30, 0 })]

    // All of PDO in a quarter in which three more were treated: the quarter and PDO, which has no other.
    [InlineData(new[] { 20, 0, 0, 0, 0, 0 }, new[] { 3, 0, 0, 0, 30, 0 })]

    // Two quarters of PDO that are one block, cut by a period between blocks of all: PDO in the table of the first, and chosen.
    [InlineData(new[] { 20, 3, 12, 0, 0, 0 }, new[] { 10, 20, 20, 0, 0, 0 })]
    public void What_periods_show_differs_by_nobody_or_by_enough(int[] polydioxanone, int[] polylactide)
    {
        var clinic = new List<RegistryTreatment>();
        foreach ((string material, int[] quarters) in ((string, int[])[])[("PDO", polydioxanone), ("PLLA", polylactide)])
        {
            for (int quarter = 0; quarter < quarters.Length; quarter++)
            {
                for (int patient = 0; patient < quarters[quarter]; patient++)
                {
                    clinic.Add(Treatment(PatientOf(clinic.Count, 1), material, "Jawline", Sex.Female, new LocalDate(2024, 1, 5).PlusMonths(3 * quarter), 4, 5));
                }
            }
        }

        Assert.True(RegistrySelection.Of([.. clinic], new RegistryFilter()).IsShown);
        DiffersByNobodyOrByEnough([.. clinic], SmallGroups.Least);
    }

    // Material and lot of a treatment, and how many there were in each quarter.
    [Theory]

    // Three of a lot between two quarters with enough: the first quarter, and the first two.
    [InlineData(new[] { "PDO A1 15 3 15", "PDO B1 30 30 30" }, new[] { "A1", "B1" })]

    // Two lots make up a material.
    [InlineData(new[] { "PDO A1 20", "PDO A2 3", "PLLA B1 12", "PLLA B2 30" }, new[] { "B1", "B2" })]

    // Three lots do, of which two are large.
    [InlineData(new[] { "PDO A1 20", "PDO A2 25", "PDO A3 3", "PLLA B1 12", "PLLA B2 30" }, new[] { "A2", "B1", "B2" })]

    // All of a quarter were of one lot, of which few were left for the next.
    [InlineData(new[] { "PDO A1 20 4", "PDO A2 0 30", "PDO A3 0 30" }, new[] { "A2" })]

    // All but few who had one lot had another one, too.
    [InlineData(new[] { "PDO A1 4", "PDO A1+A2 20", "PDO A3 30" }, new[] { "A3" })]
    public void No_lot_of_few_is_had_by_subtraction(string[] treated, string[] shown)
    {
        var clinic = new List<RegistryTreatment>();
        foreach (string[] of in treated.Select(line => line.Split(' ')))
        {
            for (int quarter = 0; quarter + 2 < of.Length; quarter++)
            {
                for (int patient = 0; patient < int.Parse(of[quarter + 2], CultureInfo.InvariantCulture); patient++)
                {
                    clinic.Add(Treatment(PatientOf(clinic.Count, 1), of[0], "Jawline", Sex.Female, new LocalDate(2024, 1, 5).PlusMonths(3 * quarter), 4, 5) with { Lots = of[1].Split('+') });
                }
            }
        }

        RegistryTreatment[] all = [.. clinic];
        Assert.Equal(shown, RegistrySelection.Of(all, new RegistryFilter()).Disclosure.ShownLots().Order(StringComparer.Ordinal));
        DiffersByNobodyOrByEnough(all, SmallGroups.Least);
    }

    [Fact]
    public void Where_every_group_holds_enough_in_every_quarter_all_is_shown()
    {
        RegistryTreatment[] clinic = [.. from number in Enumerable.Range(0, Least) from material in Materials from area in Areas from sex in (Sex[])[Sex.Female, Sex.Male] from quarter in Enumerable.Range(0, 6) from who in (int[])[0, 5]
            select Treatment(default, material, area, sex, new LocalDate(2024, 1, 5).PlusMonths(3 * quarter), 4, who)];
        clinic = [.. clinic.Select((treatment, index) => treatment with { PatientId = PatientOf(index, 1) })];
        foreach (RegistrySelection selection in Filters().Select(filter => RegistrySelection.Of(clinic, filter, Least)))
        {
            Assert.True(selection.IsShown);
            Assert.All(RegistryDimension.All, dimension => Assert.Equal(selection.Treatments.Select(dimension.Of).ToHashSet(StringComparer.Ordinal), selection.Disclosure.Shown(dimension)));
            Assert.Equal(selection.Treatments.SelectMany(treatment => treatment.Lots).ToHashSet(StringComparer.Ordinal), selection.Disclosure.ShownLots());
        }
    }

    [Fact]
    public void What_is_left_of_a_whole_when_its_shown_groups_are_taken_away_is_nobody_or_enough() => Clinics.Sample(
        clinic =>
        {
            foreach (RegistryFilter filter in Filters().Where(filter => RegistrySelection.Of(clinic, filter, Least).IsShown))
            {
                RegistrySelection whole = RegistrySelection.Of(clinic, filter, Least);
                foreach (RegistryDimension dimension in RegistryDimension.All.Where(candidate => !filter.Chosen.ContainsKey(candidate)))
                {
                    // By the table of the page, and by choosing each value, unless its own blocks make that another period.
                    IReadOnlySet<string> table = whole.Disclosure.Shown(dimension);
                    string[] chosen = [.. whole.Treatments.Select(dimension.Of).Distinct().Where(value => RegistrySelection.Of(clinic, With(whole.Filter, dimension, value), Least) is { IsShown: true } of && (of.Filter.From, of.Filter.Until) == (whole.Filter.From, whole.Filter.Until))];
                    foreach (IEnumerable<string> told in (IEnumerable<string>[])[table, chosen, table.Concat(chosen)])
                    {
                        RegistryTreatment[] left = [.. whole.Treatments.Where(treatment => !told.Contains(dimension.Of(treatment)))];
                        int people = left.Select(treatment => treatment.PatientId).Distinct().Count();
                        int groups = left.Select(dimension.Of).Distinct().Count();
                        Assert.True(left.Length == 0 || !told.Any() || (people >= Least && groups > 1), $"{people} of {dimension.Name} in {groups} groups are left");
                    }
                }
            }
        },
        iter: Cases, threads: 1);

    [Fact]
    public void What_is_told_of_those_who_were_measured_and_by_lot_is_of_enough_and_leaves_nobody_or_enough() => Clinics.Sample(
        clinic =>
        {
            foreach (RegistrySelection whole in Filters().Select(filter => RegistrySelection.Of(clinic, filter, Least)).Where(selection => selection.IsShown))
            {
                ILookup<string, RegistryTreatment> lots = whole.Treatments.ToLookup(treatment => treatment.Lots[0], StringComparer.Ordinal);
                Left(lots, whole.Disclosure.ShownLots());
                if (!whole.Disclosure.MaySay(row => clinic[row].HalfLift is not null))
                {
                    Assert.Null(SurvivalFigures.Of(whole, RegistryTime.HalfLift).All);
                    continue;
                }

                foreach (RegistryDimension dimension in RegistryDimension.All.Where(candidate => !whole.Filter.Chosen.ContainsKey(candidate)))
                {
                    ILookup<string, RegistryTreatment> measured = whole.Treatments.Where(treatment => treatment.HalfLift is not null).ToLookup(dimension.Of, StringComparer.Ordinal);
                    Left(measured, whole.Disclosure.Shown(dimension, RegistryTime.HalfLift));
                    SurvivalFigures figures = SurvivalFigures.Of(RegistrySelection.Of(clinic, whole.Filter with { By = dimension }, Least), RegistryTime.HalfLift);
                    foreach (SurvivalLine line in (IEnumerable<SurvivalLine>)[.. figures.Groups, .. figures.All is { } all ? new[] { all } : []])
                    {
                        RegistryTreatment[] own = [.. line.Group.Length == 0 ? measured.SelectMany(group => group) : measured[line.Group]];
                        Assert.All(SurvivalLine.Written.Where(months => line.At(months) is not null), months =>
                            Assert.True(own.Where(treatment => treatment.HalfLift!.Value.IsAtRisk(months)).Select(treatment => treatment.PatientId).Distinct().Count() >= Least));
                    }
                }
            }

            static void Left(ILookup<string, RegistryTreatment> groups, IReadOnlySet<string> shown)
            {
                IGrouping<string, RegistryTreatment>[] left = [.. groups.Where(group => !shown.Contains(group.Key))];
                int people = left.SelectMany(group => group).Select(treatment => treatment.PatientId).Distinct().Count();
                Assert.All(groups.Where(group => shown.Contains(group.Key)), group => Assert.True(group.Select(treatment => treatment.PatientId).Distinct().Count() >= Least));
                Assert.True(left.Length == 0 || left.Length == groups.Count || (left.Length > 1 && people >= Least), $"{people} in {left.Length} groups are left");
            }
        },
        iter: Cases, threads: 1);

    [Fact]
    public void Two_periods_differ_by_nobody_or_by_enough() => Clinics.Sample(
        clinic =>
        {
            UInt128[] shown = [.. (from start in Enumerable.Range(FirstQuarter - 1, 8) from length in Enumerable.Range(0, 8) select new RegistryFilter { From = start, Until = start + length })
                .Concat(Enumerable.Range(FirstQuarter, 6).Select(start => new RegistryFilter { From = start })).Append(new RegistryFilter())
                .Select(filter => RegistrySelection.Of(clinic, filter, Least)).Where(selection => selection.IsShown).Select(selection => Rows(clinic, selection.Treatments))];
            foreach (UInt128 small in shown)
            {
                foreach (UInt128 large in shown)
                {
                    Assert.True(People(clinic, large & ~small) is 0 or >= Least);
                }
            }
        },
        iter: Cases, threads: 1);

    [Fact]
    public void In_an_export_nobody_stands_out_and_keys_are_new_each_time() => Clinics.Sample(
        clinic =>
        {
            var selection = RegistrySelection.Of(clinic, new RegistryFilter(), Least);
            var export = RegistryExport.Of(selection);
            Assert.Equal(clinic.Length, export.Rows.Count);
            Assert.All(export.Rows, row => Assert.Equal(RegistryExport.Columns.Count, row.Length));
            Assert.All(export.Rows.GroupBy(row => string.Join('|', row[2..8])), group => Assert.True(group.Select(row => row[1]).Distinct().Count() >= Least));
            Assert.Equal(clinic.Select(treatment => treatment.PatientId).Distinct().Count(), export.Rows.Select(row => row[1]).Distinct().Count());
            Assert.Empty(export.Rows.SelectMany(row => row[..2]).Intersect(RegistryExport.Of(selection).Rows.SelectMany(row => row[..2])));
        },
        iter: Cases, threads: 1);

    [Fact]
    public void What_the_registry_does_not_know_is_refused_and_an_address_is_read_as_it_is_written()
    {
        Assert.Null(Read("material=Gold"));
        Assert.Null(Read("operator=me"));
        Assert.Null(Read("from=2026-5"));
        Assert.Null(Read("from=2026-2&until=2025-4"));
        Assert.Null(Read("by=sex"));
        RegistryFilter filter = Read("material=PDO&area=Brow&from=2024-1&until=2025-4&severity=severe&kind=infection&by=area&lots=all&age=40-49&sex=male")!;
        Assert.Equal(filter.Address(), Read(filter.Address().Split('?')[1])!.Address());
        Assert.Equal(10, filter.Values().Count());
        Assert.Equal("/registry", Read("")!.Address());

        static RegistryFilter? Read(string query)
        {
            Dictionary<string, string> values = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
            return RegistryFilter.Read(name => values.GetValueOrDefault(name));
        }
    }

    private static void DiffersByNobodyOrByEnough(RegistryTreatment[] clinic, int least)
    {
        UInt128[] shown = [.. Shown(clinic, least).Distinct()];
        foreach (UInt128 small in shown)
        {
            Assert.True(People(clinic, small) >= least);
            foreach (UInt128 large in shown.Where(other => other != small && (small & ~other) == 0))
            {
                int people = People(clinic, large & ~small);
                Assert.True(people == 0 || people >= least, $"{people} of {UInt128.PopCount(large)} treatments are had by subtraction");
            }
        }
    }

    // Every set of treatments whose figures can be had: each selection of up to two values or of a period and up to one, and each group in its tables, and each lot.
    private static IEnumerable<UInt128> Shown(RegistryTreatment[] clinic, int least)
    {
        foreach (RegistryFilter filter in Filters())
        {
            var selection = RegistrySelection.Of(clinic, filter, least);
            if (selection.IsShown)
            {
                yield return Rows(clinic, selection.Treatments);
                foreach (RegistryDimension dimension in RegistryDimension.All)
                {
                    foreach (string group in selection.Disclosure.Shown(dimension))
                    {
                        UInt128 rows = Rows(clinic, selection.Treatments.Where(treatment => dimension.Of(treatment) == group));
                        if (rows != 0)
                        {
                            yield return rows;
                        }
                    }
                }

                foreach (string lot in selection.Disclosure.ShownLots())
                {
                    yield return Rows(clinic, selection.Treatments.Where(treatment => treatment.Lots.Contains(lot)));
                }
            }
        }
    }

    private static IEnumerable<RegistryFilter> Filters()
    {
        yield return new RegistryFilter();
        RegistryFilter[] periods = [.. from first in Enumerable.Range(FirstQuarter, 6) from last in Enumerable.Range(first, FirstQuarter + 6 - first) select new RegistryFilter { From = first, Until = last }];
        foreach (RegistryFilter period in periods)
        {
            yield return period;
        }

        (RegistryDimension Dimension, string Value)[] values =
            [.. Materials.Select(value => (RegistryDimension.Material, value)), .. Areas.Select(value => (RegistryDimension.Area, value)), (RegistryDimension.Sex, "female"), (RegistryDimension.Sex, "male")];
        foreach ((RegistryDimension dimension, string value) in values)
        {
            RegistryFilter one = With(new RegistryFilter(), dimension, value);
            yield return one;
            foreach (RegistryFilter period in periods)
            {
                yield return With(period, dimension, value);
            }

            foreach ((RegistryDimension other, string further) in values.Where(pair => string.CompareOrdinal(pair.Dimension.Name, dimension.Name) > 0))
            {
                yield return With(one, other, further);
            }
        }
    }

    private static RegistryFilter With(RegistryFilter filter, RegistryDimension dimension, string value) =>
        filter with { Chosen = filter.Chosen.Append(new KeyValuePair<RegistryDimension, string>(dimension, value)).ToDictionary() };

    // A bit for each treatment of the clinic, of which there are fewer than 128.
    private static UInt128 Rows(RegistryTreatment[] clinic, IEnumerable<RegistryTreatment> treatments)
    {
        HashSet<object> chosen = new(treatments, ReferenceEqualityComparer.Instance);
        UInt128 rows = 0;
        for (int index = 0; index < clinic.Length; index++)
        {
            rows |= chosen.Contains(clinic[index]) ? UInt128.One << index : 0;
        }

        return rows;
    }

    private static int People(RegistryTreatment[] clinic, UInt128 rows)
    {
        int people = 0;
        for (int index = 0; index < clinic.Length; index++)
        {
            // Treatments of one patient stand beside each other; of two, one may be left out.
            bool isHer = (rows & (UInt128.One << index)) != 0;
            bool isCounted = isHer && index > 0 && clinic[index - 1].PatientId == clinic[index].PatientId && (rows & (UInt128.One << (index - 1))) != 0;
            people += isHer && !isCounted ? 1 : 0;
        }

        return people;
    }

    // One in four is treated twice.
    private static Guid PatientOf(int index, int chance) => new(index - (chance == 0 && index > 0 ? 1 : 0), 0, 0, new byte[8]);

    private static RegistryTreatment Treatment(Guid patient, string material, string area, Sex sex, LocalDate day, int chance, int who) => new()
    {
        PatientId = patient,
        Day = day,
        Material = material,
        Area = area,

        // One doctor treats seldom, and few are old.
        Operator = $"0193b000-0000-7000-8000-00000000000{(who == 0 ? 1 : 2)}",
        Facility = "0193b000-0000-7000-8000-000000000003",
        Age = who switch { 1 => "60-69", < 4 => "50-59", _ => "40-49" },
        Sex = sex,
        Threads = 4,

        // Most lots are of one material.
        Lots = [chance % 3 == 0 ? $"L{chance % 4}" : $"{material}{chance % 4 / 2}"],

        // Not measured, measured once, or followed from an early or a late visit on.
        HalfLift = chance switch { < 3 => null, 3 => new TimeToEvent(6, Happened: false, 6), _ => new TimeToEvent(chance * 3, chance % 2 == 0, chance < 8 ? 0.5 : 6) },
        IsWithoutLift = false,
        Retreatment = new TimeToEvent(6, Happened: false),
        LostOn = null,
        DiedOn = null,
        Complications = [],
        Levels = [.. Enumerable.Repeat(RegistryTreatment.NotAnswered, RegistryReader.Schedule.Count)],
        Alarms = [],
    };
}
