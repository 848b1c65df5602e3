using System.Globalization;
using Microsoft.Extensions.Localization;
using Threadwell.Anatomy;
using Threadwell.Biology;
using Threadwell.Plans;
using Threadwell.Storage.Plans;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Forms;
using Threadwell.Web.Text;

namespace Threadwell.Web.Outlines;

/// <summary>An outline as it was typed.</summary>
internal sealed class OutlineForm
{
    private const int FirstRows = 3;
    private const int MostRows = 20;

    /// <summary>Its rows; one without an area is left out.</summary>
    public List<OutlineRow> Rows { get; set; } = [];

    /// <summary>What the doctor noted.</summary>
    public string? Note { get; set; }

    /// <summary>"row" where another row is asked for.</summary>
    public string? Add { get; set; }

    /// <summary>The form of an outline; empty rows where there is none.</summary>
    public static OutlineForm Of(Outline? outline)
    {
        var form = new OutlineForm { Note = outline?.Note };
        foreach (var group in (outline?.Groups() ?? []).GroupBy(group => (group.Area, group.Material, group.Barbs)))
        {
            form.Rows.Add(new OutlineRow
            {
                Area = group.Key.Area.ToString(),
                Material = group.Key.Material.ToString(),
                Barbs = group.Key.Barbs.ToString(),
                Left = Count(group, BodySide.Left),
                Right = Count(group, BodySide.Right),
                Middle = Count(group, BodySide.Middle),
            });
        }

        form.Fill();
        return form;

        static string Count(IEnumerable<OutlineGroup> groups, BodySide side) =>
            groups.Where(group => group.Side == side).Sum(group => group.Count) is > 0 and var count ? count.ToString(CultureInfo.InvariantCulture) : "";
    }

    /// <summary>Adds rows up to the usual number, and one more where it was asked for.</summary>
    public void Fill()
    {
        int wanted = Math.Min(MostRows, Math.Max(FirstRows, Rows.Count + (Add == "row" ? 1 : 0)));
        while (Rows.Count < wanted)
        {
            Rows.Add(new OutlineRow());
        }
    }

    /// <summary>The outline that was typed; null where something is wrong.</summary>
    public Outline? Read(FieldProblems problems, IStringLocalizer<OutlineText> text)
    {
        var groups = new List<OutlineGroup>();
        for (int index = 0; index < Rows.Count; index++)
        {
            OutlineRow row = Rows[index];
            if (string.IsNullOrEmpty(row.Area))
            {
                continue;
            }

            string field = $"Form.Rows[{index}]";
            TreatmentArea area = Chosen<TreatmentArea>(row.Area, $"{field}.Area", "area.needed");
            ThreadMaterial material = Chosen<ThreadMaterial>(row.Material, $"{field}.Material", "material.needed");
            BarbKind barbs = Chosen<BarbKind>(row.Barbs, $"{field}.Barbs", "barbs.needed");
            int before = groups.Sum(group => group.Count);
            foreach ((BodySide side, string? typed, string name) in (IEnumerable<(BodySide, string?, string)>)[(BodySide.Left, row.Left, "Left"), (BodySide.Right, row.Right, "Right"), (BodySide.Middle, row.Middle, "Middle")])
            {
                if (string.IsNullOrWhiteSpace(typed))
                {
                    continue;
                }

                if (!int.TryParse(typed.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count > Outline.MostThreads)
                {
                    problems.Add($"{field}.{name}", text["count.wrong", Outline.MostThreads]);
                }
                else if (count > 0)
                {
                    groups.Add(new OutlineGroup(area, side, material, barbs, count));
                }
            }

            if (groups.Sum(group => group.Count) == before)
            {
                problems.Add($"{field}.Left", text["count.needed"]);
            }
        }

        if (groups.Count == 0)
        {
            problems.Add("Form.Rows[0].Area", text["area.first"]);
        }
        else if (groups.Sum(group => group.Count) > Outline.MostThreads)
        {
            problems.Add("Form", text["count.many", Outline.MostThreads]);
        }

        return problems.None ? new Outline { Threads = Outline.Number(groups), Note = (Note ?? "").Trim() } : null;

        T Chosen<T>(string? value, string field, string problem)
            where T : struct, Enum
        {
            if (!Enum.TryParse(value, out T chosen) || !Enum.IsDefined(chosen))
            {
                problems.Add(field, text[problem]);
            }

            return chosen;
        }
    }
}

/// <summary>A row of an outline: threads of one kind in one area.</summary>
internal sealed class OutlineRow
{
    /// <summary>Area.</summary>
    public string? Area { get; set; }

    /// <summary>Polymer.</summary>
    public string? Material { get; set; }

    /// <summary>Kind of barbs.</summary>
    public string? Barbs { get; set; }

    /// <summary>How many on the left.</summary>
    public string? Left { get; set; }

    /// <summary>How many on the right.</summary>
    public string? Right { get; set; }

    /// <summary>How many on the midline.</summary>
    public string? Middle { get; set; }
}
