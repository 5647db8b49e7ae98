"""How models are read and written: types, what they do not know, and what they do not show."""

import copy
import pickle
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, ClassVar

import pytest
from meta_b2b_client import GraphObject, models
from meta_b2b_client.models import AssetAgency, AssetAgencyList, Business, Client, Page, TokenInfo
from meta_b2b_client.models import __all__ as NAMES

from scripts.client.runtime import _calls, _models

TIME = "2026-01-07T23:26:09+0000"


def test_fields_have_the_types_of_the_document() -> None:
    body = {
        "id": "123",
        "access_requested_time": TIME,
        "access_updated_time": "2026-01-07T23:26:09-0730",
        "permitted_tasks": ["ANALYZE", "NEW"],
    }
    agency = AssetAgency.from_dict(body)
    assert agency.access_requested_time == datetime(2026, 1, 7, 23, 26, 9, tzinfo=UTC)
    assert agency.access_updated_time and agency.access_updated_time.utcoffset() == -timedelta(hours=7.5)
    assert (agency.id, agency.permitted_tasks, agency.name) == ("123", ["ANALYZE", "NEW"], None)
    assert agency.to_dict() == body
    client = Client.from_dict(
        {"id": "1", "adaccount_permissions": [{"id": "act_2", "access_updated_time": TIME}]}
    )
    assert client.adaccount_permissions and client.adaccount_permissions[0].access_updated_time == (
        agency.access_requested_time
    )
    assert TokenInfo.from_dict({"data": {"app_id": "1", "is_valid": False}}).data.is_valid is False


@pytest.mark.parametrize(
    "text", ["", "soon", "2026-01-07", "2026-01-07T23:26:09", "9999-99-99T99:99:99+9999", 7, None]
)
def test_what_is_no_time_arrives_as_it_is(text: Any) -> None:
    agency = AssetAgency.from_dict({"id": "1", "access_updated_time": text})
    assert agency.access_updated_time == text
    assert agency.to_dict() == {"id": "1", "access_updated_time": text}


def test_times_are_written_as_graph_does() -> None:
    summer = timezone(timedelta(hours=2))
    for time, text in (
        (datetime(2026, 1, 1, tzinfo=UTC), "2026-01-01T00:00:00+0000"),
        (datetime(999, 1, 1, 1, 2, 3, 999, tzinfo=summer), "0999-01-01T01:02:03+0200"),
    ):
        assert AssetAgency(id="1", access_updated_time=time).to_dict()["access_updated_time"] == text
        assert _calls.query([{"at": time}]) == f'[{{"at": "{text}"}}]'
    with pytest.raises(ValueError, match="has no time zone"):
        AssetAgency(id="1", access_updated_time=datetime(2026, 1, 1)).to_dict()


def test_what_is_missing_null_or_unknown_is_not_lost() -> None:
    body = {"id": "1", "name": None, "new": {"a": [None]}, "primary_page": None}
    business = Business.from_dict(body)
    assert (business.name, business.primary_page, business.link) == (None, None, None)
    assert business.to_dict() == body  # null stays null, and what was missing stays away
    assert business["new"] == {"a": [None]} and "new" in business and "name" not in business
    business["newer"] = 1
    del business["new"]
    assert business.additional_properties == {"newer": 1}
    business.name = "A"
    assert business.to_dict() == {"id": "1", "name": "A", "primary_page": None, "newer": 1}


@pytest.mark.parametrize(
    "body, error",
    [({}, KeyError), ({"data": None}, TypeError), ({"data": [{}]}, KeyError), ([], AttributeError)],
)
def test_what_is_not_of_the_form_is_refused(body: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        AssetAgencyList.from_dict(body)


def test_models_are_made_from_what_they_have() -> None:
    business = Business(id="1", name="A", link=None)
    assert business == Business.from_dict({"id": "1", "name": "A"}) != Business(id="1")
    assert business != AssetAgency(id="1", name="A") and business != "A"
    wrongs: list[dict[str, Any]] = [{}, {"id": "1", "nmae": "A"}, {"name": "A"}]
    for wrong in wrongs:
        with pytest.raises(TypeError, match=r"unknown or missing: (id|nmae)"):
            Business(**wrong)
    for same in (copy.copy(business), copy.deepcopy(business), pickle.loads(pickle.dumps(business))):
        assert same == business
    with pytest.raises(TypeError, match="unhashable"):
        hash(business)


def test_a_repr_shows_what_is_there_and_no_token() -> None:
    link = "https://graph.facebook.com/v26.0/1?access_token=EAAsecret&after=x"
    body = {"id": "1", "access_token": "EAAsecret", "new": [{"access_token": "EAAsecret", "next": link}]}
    assert repr(Page.from_dict(body)) == (
        "Page(id='1', access_token='[secret]', new=[{'access_token': '[secret]', 'next': "
        "'https://graph.facebook.com/v26.0/1?access_token=[secret]&after=x'}])"
    )
    assert "EAAsecret" not in repr(GraphObject.from_dict(body))


def test_a_field_that_python_calls_otherwise() -> None:
    class Odd(_models.GraphObject):
        _names: ClassVar[dict[str, str]] = {"from": "from_"}
        from_: str
        to: datetime | None = None

    odd = Odd.from_dict({"from": "a", "to": TIME})
    assert (odd.from_, odd.to_dict()) == ("a", {"from": "a", "to": TIME})
    assert Odd(from_="a").to_dict() == {"from": "a"}


def test_each_model_reads_an_empty_or_a_foreign_object_alike() -> None:
    """The types of all fields can be resolved."""
    kinds = [getattr(models, name) for name in NAMES]
    found: list[Any] = [kind for kind in kinds if isinstance(kind, type)]
    assert len(found) > 40
    for kind in found:
        try:
            assert kind.from_dict({"x": 1}).to_dict() == {"x": 1}
        except KeyError as error:
            assert not hasattr(kind, error.args[0])
