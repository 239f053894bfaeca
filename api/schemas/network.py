"""Networks as JSON: networkx's node-link form."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.schemas.basics import MARKET, ORG, SOURCE, SourceRef
from api.schemas.shape import Shape, example

Relation = Literal["branch", "ownership", "partnership", "engagement", "membership", "mission", "award"]
_WAYS = Literal["partner", "branch", "subsidiary", "mission", "chamber", "host", "person"]


class NetworkNode(Shape):
    """A node; what is not known of it is not there."""

    id: str = Field(description="Its IRI.", examples=[ORG["iri"]])
    iri: str = Field(examples=[ORG["iri"]])
    ref: str = Field(description="What /v1 calls it.", examples=[ORG["id"]])
    label: str = Field(examples=[ORG["name"]])
    kind: str = Field(
        description="company, branch, subsidiary …, person, market, mission, award.", examples=["company"]
    )
    depth: int = Field(description="Steps from the start.", examples=[0])
    country: str = Field("", description="ISO code of two letters.", examples=["BE"])
    country_label: str = Field("", examples=["Belgium"])
    limburg: Literal["yes", "no", "unknown"] = Field("unknown", examples=["yes"])
    more: dict[Relation, int] = Field(
        {}, description="Relations beyond those shown, by kind.", examples=[{"partnership": 2}]
    )
    degree: float = Field(0.0, description="With centrality.", examples=[0.5])
    betweenness: float = Field(0.0, description="With centrality.", examples=[0.25])
    pagerank: float = Field(0.0, description="With centrality.", examples=[0.1])
    community: int = Field(0, description="With communities; 1 is the largest.", examples=[1])


class NetworkEdge(Shape):
    """A relation; what is not known of it is not there."""

    source: str = Field(description="IRI of the node that it goes from.", examples=[ORG["iri"]])
    target: str = Field(examples=[MARKET["iri"]])
    key: str = Field(
        description="Its own in the whole network.", examples=["https://w3id.org/verre/id/engagement/0"]
    )
    iri: str = Field("", description="Of the relation.", examples=["https://w3id.org/verre/id/engagement/0"])
    kind: Relation = Field(examples=["engagement"])
    label: str = Field(examples=["wants to export"])
    weight: float = Field(description="How close it ties, above 0, at most 1.", examples=[0.2])
    status: str = Field("", description="Of an engagement.", examples=["targets"])
    role: str = Field("", examples=["distributor"])
    product: str = Field("", examples=["network equipment"])
    territory: str = Field("", examples=["VN"])
    territory_label: str = Field("", examples=["Vietnam"])
    exclusivity: str = Field("", examples=["exclusive"])
    share: float = Field(0, description="Percent owned.", examples=[51])
    share_min: float = Field(0, examples=[50])
    share_max: float = Field(0, examples=[100])
    since: str = Field("", examples=["2018"])
    until: str = Field("", examples=["2020"])
    attested: str = Field("", examples=["2018-02-19"])
    ended: bool = Field(description="Over: ended, withdrawn, or outweighed.", examples=[False])
    date_unknown: bool = Field(description="Nobody says since when.", examples=[True])
    sources: list[SourceRef] = Field(examples=[[SOURCE]])


class Named(Shape):
    """A node of the network, named."""

    iri: str = Field(examples=[ORG["iri"]])
    ref: str = Field(examples=[ORG["id"]])
    label: str = Field(examples=[ORG["name"]])
    kind: str = Field(examples=["company"])


class NetworkAbout(Shape):
    """What the whole network is."""

    starts: list[str] = Field(description="IRIs of where it begins.", examples=[[ORG["iri"]]])
    truncated: bool = Field(description="There is more than the limits let through.", examples=[False])
    day: str = Field(description="The day for which relations hold or are over.", examples=["2026-06-01"])
    lang: Literal["nl", "en", "fr"] = Field(examples=["en"])
    release: str = Field(examples=["000001"])
    counted_to: int = Field(
        0,
        description="Relations of a kind up to which `more` counts; of more it tells at least.",
        examples=[500],
    )


class NetworkGraph(Shape):
    """Node-link JSON, as `networkx.node_link_graph(told, edges="edges")` reads it."""

    directed: bool = Field(examples=[True])
    multigraph: bool = Field(examples=[True])
    graph: NetworkAbout = Field(examples=[example(NetworkAbout)])
    nodes: list[NetworkNode] = Field(examples=[[example(NetworkNode)]])
    edges: list[NetworkEdge] = Field(examples=[[example(NetworkEdge)]])


class Path(Shape):
    """A way from one end to the other."""

    nodes: list[str] = Field(
        description="IRIs, from one end to the other.", examples=[[ORG["iri"], MARKET["iri"]]]
    )
    length: int = Field(examples=[1])
    closeness: float = Field(description="Product of the weights on it.", examples=[0.2])


class PathsAbout(NetworkAbout):
    """A network of paths; `truncated`: some node gave less than it has, there may be a shorter one."""

    paths: list[Path] = Field(examples=[[example(Path)]])


class PathsGraph(NetworkGraph):
    """Node-link JSON of what is on the paths."""

    graph: PathsAbout = Field(examples=[example(PathsAbout)])


class ViewAbout(NetworkAbout):
    """A network that was put together, with its path where one was asked for."""

    ends: list[str] = Field([], description="IRIs of both ends of the path.", examples=[[]])
    paths: list[Path] = Field([], description="None: there is no such chain.", examples=[[]])


class ViewGraph(NetworkGraph):
    """Node-link JSON of what was asked for, without what was left out."""

    graph: ViewAbout = Field(examples=[example(ViewAbout)])


class Ranked(Named):
    """A node and its figure."""

    value: float = Field(examples=[0.1])


class CentralityAbout(NetworkAbout):
    """A network with a ranking."""

    market: str = Field("", description="IRI of the market, where one was asked.", examples=[MARKET["iri"]])
    measure: Literal["degree", "betweenness", "pagerank"] = Field(examples=["pagerank"])
    approximate: bool = Field(
        description="Betweenness is estimated from some of the nodes.", examples=[False]
    )
    ranking: list[Ranked] = Field(examples=[[example(Ranked)]])


class CentralityGraph(NetworkGraph):
    """Node-link JSON whose nodes have their figures."""

    graph: CentralityAbout = Field(examples=[example(CentralityAbout)])


class Community(Shape):
    """Things that belong together more than with others."""

    community: int = Field(examples=[1])
    size: int = Field(examples=[1])
    around: list[Named] = Field(description="Those with most ties in it.", examples=[[example(Named)]])


class CommunitiesAbout(NetworkAbout):
    """A network in parts."""

    market: str = Field("", examples=[MARKET["iri"]])
    modularity: float = Field(description="From -0.5 to 1: how far apart they are.", examples=[0.5])
    communities: list[Community] = Field(examples=[[example(Community)]])


class CommunitiesGraph(NetworkGraph):
    """Node-link JSON whose nodes say to which community they belong."""

    graph: CommunitiesAbout = Field(examples=[example(CommunitiesAbout)])


class Way(Shape):
    """How a broker connects."""

    way: _WAYS = Field(examples=["branch"])
    text: str = Field(examples=["Luminex Japan is the branch of Luminex in Japan."])
    organizations: list[str] = Field(
        description="IRIs of the organizations of Limburg that are in the network.", examples=[[ORG["iri"]]]
    )


class Broker(Named):
    """Who connects Limburg with the market."""

    reach: int = Field(description="Organizations of Limburg that it reaches.", examples=[1])
    ways: list[Way] = Field(examples=[[example(Way)]])


class BrokersAbout(NetworkAbout):
    """A network of brokers."""

    market: str = Field(examples=[MARKET["iri"]])
    brokers: list[Broker] = Field(examples=[[example(Broker)]])


class BrokersGraph(NetworkGraph):
    """Node-link JSON of brokers, whom they reach, and the relations that this rests on."""

    graph: BrokersAbout = Field(examples=[example(BrokersAbout)])


class RelationCount(Named):
    """How many relations of one kind a thing has."""

    relation: Relation = Field(examples=["partnership"])
    relation_label: str = Field(examples=["partner"])
    count: int = Field(examples=[3])
    at_least: bool = Field(description="Counting stopped at VERRE_NETWORK_COUNTED.", examples=[False])
