using NodaTime;
using Threadwell.Care.Udi;

namespace Threadwell.Care.Tests.Udi;

/// <summary>HIBC, with the worked examples of ANSI/HIBC 2.6.</summary>
public class HibcTests
{
    private static readonly LocalDate Today = new(2026, 11, 26);

    /// <summary>Sections 2.2.1.1, 4.3.1 to 4.3.3, appendices B, C.3 and E1.1.</summary>
    [Theory]
    [InlineData("+A123BJC5D6E71", 'G')]
    [InlineData("+$$52001510X3G", 'D')]
    [InlineData("+A99912345/$$52001510X3", '3')]
    [InlineData("+A123BJC5D6E71/$$52001510X3", 'C')]
    [InlineData("+H123ABC01234567890", 'D')]
    [InlineData("+$A1234G", 'U')]
    public void The_check_character_is_the_standards(string text, char check) => Assert.Equal(check, HibcReader.CheckCharacter(text));

    /// <summary>Appendix B: one barcode for the product, a second for lot and date, tied by the link character; 20015 is 15 January 2020.</summary>
    [Fact]
    public void Two_barcodes_are_joined_by_their_link_character()
    {
        foreach (string[] barcodes in (string[][])[["+A123BJC5D6E71G", "+$$52001510X3GD"], ["*+$$52001510X3GD*", "*+A123BJC5D6E71G*"], ["]C0+A123BJC5D6E71G", "]A0+$$52001510X3GD"]])
        {
            DeviceIdentification device = UdiReader.Read(barcodes, Today);
            Assert.Equal((IssuingAgency.Hibc, "A123BJC5D6E71", "10X3", new LocalDate(2020, 1, 15)), (device.Agency, device.DeviceIdentifier, device.Lot, device.Expiry!.Value));
            Assert.Equal("+A123BJC5D6E71/$$52001510X3C", device.Text);
        }

        Assert.Contains("do not belong", Assert.Throws<UdiException>(() => UdiReader.Read(["+A123BJC5D6E71G", Checked("+$$52001510X3H")], Today)).Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// The FDA's example of HIBC: date with hour, lot and serial of full length, day of production. The FDA prints C where the check character
    /// stands, as a name for it; by the rule of the standard it is H.
    /// </summary>
    [Fact]
    public void The_example_of_the_fda_is_read()
    {
        DeviceIdentification device = UdiReader.Read(["*+H123PARTNO1234567890120/$$420020216LOT123456789012345/SXYZ456789012345678/16D20130202H*"], Today);
        Assert.Equal(("H123PARTNO1234567890120", "LOT123456789012345", "XYZ456789012345678"), (device.DeviceIdentifier, device.Lot, device.Serial));
        Assert.Equal((new LocalDate(2020, 2, 2), new LocalDate(2013, 2, 2)), (device.Expiry!.Value, device.Produced!.Value));
        Assert.Equal("+H123PARTNO1234567890120/$$420020216LOT123456789012345/SXYZ456789012345678/16D20130202H", device.Text);
    }

    /// <summary>The table of secondary structures of appendix E1.1: lot 3C001, serial 0001, 24 or 100 pieces, September 2005 or its 28th day.</summary>
    [Theory]
    [InlineData("05271", null, null, null, 28)]
    [InlineData("052713C001", "3C001", null, null, 28)]
    [InlineData("$3C001", "3C001", null, null, 0)]
    [InlineData("$$09053C001", "3C001", null, null, 30)]
    [InlineData("$$20928053C001", "3C001", null, null, 28)]
    [InlineData("$$30509283C001", "3C001", null, null, 28)]
    [InlineData("$$4050928223C001", "3C001", null, null, 28)]
    [InlineData("$$5052713C001", "3C001", null, null, 28)]
    [InlineData("$$605271223C001", "3C001", null, null, 28)]
    [InlineData("$$73C001", "3C001", null, null, 0)]
    [InlineData("$$82409053C001", "3C001", null, 24, 30)]
    [InlineData("$$82420928053C001", "3C001", null, 24, 28)]
    [InlineData("$$82430509283C001", "3C001", null, 24, 28)]
    [InlineData("$$8244050928223C001", "3C001", null, 24, 28)]
    [InlineData("$$8245052713C001", "3C001", null, 24, 28)]
    [InlineData("$$824605271223C001", "3C001", null, 24, 28)]
    [InlineData("$$82473C001", "3C001", null, 24, 0)]
    [InlineData("$$824", null, null, 24, 0)]
    [InlineData("$$90010009053C001", "3C001", null, 100, 30)]
    [InlineData("$$90010020928053C001", "3C001", null, 100, 28)]
    [InlineData("$$90010030509283C001", "3C001", null, 100, 28)]
    [InlineData("$$9001004050928223C001", "3C001", null, 100, 28)]
    [InlineData("$$9001005052713C001", "3C001", null, 100, 28)]
    [InlineData("$$900100605271223C001", "3C001", null, 100, 28)]
    [InlineData("$$90010073C001", "3C001", null, 100, 0)]
    [InlineData("$$900100", null, null, 100, 0)]
    [InlineData("$+0001", null, "0001", null, 0)]
    [InlineData("$$+09050001", null, "0001", null, 30)]
    [InlineData("$$+20928050001", null, "0001", null, 28)]
    [InlineData("$$+30509280001", null, "0001", null, 28)]
    [InlineData("$$+4050928220001", null, "0001", null, 28)]
    [InlineData("$$+5052710001", null, "0001", null, 28)]
    [InlineData("$$+605271220001", null, "0001", null, 28)]
    [InlineData("$$+70001", null, "0001", null, 0)]
    public void Every_form_of_the_secondary_structure_is_read(string body, string? lot, string? serial, int? quantity, int day)
    {
        LocalDate? expiry = day == 0 ? null : new LocalDate(2005, 9, day);
        DeviceIdentification apart = UdiReader.Read(["+A123BJC5D6E71G", Checked($"+{body}G")], Today);
        DeviceIdentification together = UdiReader.Read([Checked($"+A123BJC5D6E71/{body}")], Today);
        Assert.Equal((lot, serial, quantity, expiry), (apart.Lot, apart.Serial, apart.Quantity, apart.Expiry));
        Assert.Equal((lot, serial, quantity, expiry), (together.Lot, together.Serial, together.Quantity, together.Expiry));
        Assert.Equal(together.Text, apart.Text);
    }

    [Theory]
    [InlineData('/', '/')]
    [InlineData(' ', ' ')]
    [InlineData(' ', '_')] // as a blank is printed
    public void A_check_character_may_be_a_slash_or_a_blank(char check, char printed)
    {
        string text = Enumerable.Range(0, 1000).Select(number => $"+H124{number}1").First(text => HibcReader.CheckCharacter(text) == check);
        Assert.Equal(text[1..], UdiReader.Read([text + printed], Today).DeviceIdentifier);
        Assert.Equal(text[1..], UdiReader.Read([$"*{text}{printed}*"], Today).DeviceIdentifier);

        // The same character then ties the second barcode to it.
        Assert.Equal("3C001", UdiReader.Read([text + printed, Checked($"+$3C001{check}")], Today).Lot);
    }

    [Fact]
    public void Additions_after_a_slash_are_read_in_any_order()
    {
        DeviceIdentification device = UdiReader.Read([Checked("+A99912345/16D20111212/S77DE1G45/Q500/14D20200131/25PXY")], Today);
        Assert.Equal(("77DE1G45", 500, new LocalDate(2011, 12, 12), new LocalDate(2020, 1, 31)), (device.Serial, device.Quantity!.Value, device.Produced!.Value, device.Expiry!.Value));
        Assert.Equal(new UdiElement("25P", "XY"), Assert.Single(device.Other));
    }

    [Theory]
    [InlineData("+A123BJC5D6E71H", 15, "must be 'G'")]
    [InlineData("+A123BJC5D6e71G", 12, "does not occur")]
    [InlineData("+", 2, "too early")]
    [InlineData("~+A123", 1, "application identifier")]
    public void A_damaged_code_is_named_with_its_place(string barcode, int position, string says)
    {
        UdiException error = Assert.Throws<UdiException>(() => UdiReader.Read([barcode], Today));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.Equal(position, error.Position);
    }

    [Theory]
    [InlineData("+A1234", 7, "needed")]
    [InlineData("+A123BJC5D6EX", 13, "unit of measure")]
    [InlineData("+A123B-C5D6E71", 7, "capital letters and digits")]
    [InlineData("+A1231234567890123456789" + "1", 25, "1 to 18")]
    [InlineData("+A123BJC5D6E71/", 16, "nothing between")]
    [InlineData("+A123BJC5D6E71//S1", 16, "nothing between")]
    [InlineData("+A123BJC5D6E71/$$", 18, "nothing follows")]
    [InlineData("+A123BJC5D6E71/$$A", 18, "0 to 7")]
    [InlineData("+A123BJC5D6E71/$$1305X", 18, "no date")]
    [InlineData("+A123BJC5D6E71/$$3050931X", 19, "no date")]
    [InlineData("+A123BJC5D6E71/$$405092824X", 19, "no date")]
    [InlineData("+A123BJC5D6E71/$$505366X", 19, "no date")]
    [InlineData("+A123BJC5D6E71/$$30509", 23, "needs 6 digits")]
    [InlineData("+A123BJC5D6E71/$$8X", 19, "quantity needs 2 digits")]
    [InlineData("+A123BJC5D6E71/$1234567890123456789", 35, "at most 18")]
    [InlineData("+A123BJC5D6E71/$12%", 19, "lot or serial number is made")]
    [InlineData("+A123BJC5D6E71/S", 17, "no value")]
    [InlineData("+A123BJC5D6E71/16D20131302", 19, "yyyymmdd")]
    [InlineData("+A123BJC5D6E71/Q", 17, "1 to 5 digits")]
    [InlineData("+A123BJC5D6E71/-", 16, "data identifier")]
    [InlineData("+A123BJC5D6E71/$A/$B", 1, "lot is given twice")]
    [InlineData("+/EO523201", 2, "another kind")]
    public void Each_defect_of_a_whole_code_is_named_with_its_place(string text, int position, string says)
    {
        UdiException error = Assert.Throws<UdiException>(() => UdiReader.Read([Checked(text)], Today));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.Equal(position, error.Position);
    }

    [Fact]
    public void A_secondary_barcode_alone_asks_for_the_first() =>
        Assert.Contains("scan the first part", Assert.Throws<UdiException>(() => UdiReader.Read(["+$$52001510X3GD"], Today)).Message, StringComparison.Ordinal);

    private static string Checked(string text) => text + HibcReader.CheckCharacter(text);
}
